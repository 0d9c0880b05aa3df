"""What an invented harbour company says in nine languages."""

from __future__ import annotations

from dataclasses import dataclass, field

_SIGNS = ".,:;\u3002\u3001\uff0c\u0964\u061f"


@dataclass(frozen=True)
class Tongue:
    """A language: its sentences as words, and what stands between two words."""

    name: str
    glue: str
    sentences: tuple[tuple[str, ...], ...] = field(repr=False)
    titles: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that can be put in somewhere."""
        return tuple(dict.fromkeys(word.strip(_SIGNS) for sentence in self.sentences for word in sentence))


def read_tongue(name: str, sentences: str, titles: str, *, unspaced: bool = False) -> Tongue:
    """A language from a line for each sentence; where it is written without spaces, `|` stands between two words."""
    read, told = (
        tuple(tuple(line.split("|" if unspaced else None)) for line in lines.strip().splitlines())
        for lines in (sentences, titles)
    )
    return Tongue(name, "" if unspaced else " ", read, told)


ENGLISH = read_tongue(
    "en",
    """\
We write down the name of your boat, its length and the berth that you asked for.
Cameras watch the outer pier at night, and their pictures are wiped after 14 days unless there was a theft.
Whoever fuels here leaves a card number, which our bank keeps and we never see.
The harbour master may read your log book where the coast guard asks for it in writing.
You can have wrong entries put right at the office beside the lighthouse, on any weekday before noon.
Our newsletter goes out each spring to owners who have ticked the box, and to nobody else.
Weather stations along the quay measure wind and waves but nothing that could be traced to a person.
Guests under sixteen need a parent's signature before they may row out alone.
We do not sell, rent or lend the list of moorings to sailmakers, brokers or insurers.
Should the harbour change hands, the new owner must honour every promise made in this notice.
Fees of 1,250.50 euros or more are reported to the tax office once a year.
Complaints go to the port authority first; it answers within six weeks and free of charge.
""",
    """\
Berths and boats
Cameras
What it costs
Your rights
Children on board
Weather
Who else reads it
When this changes
""",
)
GERMAN = read_tongue(
    "de",
    """\
Wir notieren den Namen Ihres Bootes, seine Länge und den gewünschten Liegeplatz für die ganze Saison.
Nachts filmen Kameras die Außenmole, und die Aufnahmen werden nach 14 Tagen gelöscht, sofern nichts gestohlen wurde.
Wer hier tankt, hinterlässt eine Kartennummer, die unsere Bank aufbewahrt und die wir niemals zu sehen bekommen.
Der Hafenmeister darf Ihr Logbuch nur lesen, wenn die Küstenwache schriftlich darum bittet.
Falsche Einträge lassen Sie werktags vor zwölf Uhr im Büro neben dem Leuchtturm berichtigen.
Übernimmt jemand anderes den Hafen, gilt jede Zusage dieser Hinweise für ihn unverändert weiter.
Beschwerden gehen zuerst an die Hafenbehörde, die binnen sechs Wochen kostenlos antworten muss.
""",
    """\
Liegeplätze und Boote
Kameras
Was es kostet
Ihre Rechte
Kinder an Bord
""",
)
SPANISH = read_tongue(
    "es",
    """\
Anotamos el nombre de su barco, su eslora y el amarre que usted pidió para toda la temporada.
Las cámaras vigilan el muelle exterior por la noche y sus imágenes se borran a los 14 días salvo robo.
Quien reposta aquí deja un número de tarjeta que guarda nuestro banco y que nunca vemos nosotros.
El capitán del puerto solo puede leer su cuaderno cuando la guardia costera lo pide por escrito.
¿Hay un dato erróneo? Lo corregimos en la oficina del faro cualquier día laborable antes del mediodía.
Las quejas van primero a la autoridad portuaria, que contesta gratis en seis semanas.
""",
    """\
Amarres y barcos
Cámaras
Sus derechos
Niños a bordo
Precios del muelle
""",
)
JAPANESE = read_tongue(
    "ja",
    """\
港|では|船|の|名前|と|長さ|、|希望|する|係留|場所|を|帳簿|に|記録|します|。
夜間|は|防波堤|の|カメラ|が|撮影|し|、|盗難|が|なければ|映像|を|14|日|後|に|消去|します|。
給油|する|方|の|カード|番号|は|銀行|だけ|が|保管|し|、|私たち|が|見る|こと|は|ありません|。
沿岸|警備隊|が|書面|で|求めた|とき|に|限り|、|港長|は|航海|日誌|を|読みます|。
誤り|が|あれば|、|平日|の|正午|まで|に|灯台|の|隣|の|事務所|で|訂正|できます|。
苦情|は|まず|港湾局|に|届き|、|六|週間|以内|に|無料|で|回答|が|あります|。
""",
    """\
船|と|係留
カメラ
料金
権利
子ども|の|乗船
""",
    unspaced=True,
)
CHINESE = read_tongue(
    "zh",
    """\
我们|会|记录|船只|的|名称|、|长度|以及|您|申请|的|泊位|。
夜间|摄像头|拍摄|外侧|防波堤|，|如|无|盗窃|，|录像|在|14|天|后|删除|。
在|此|加油|的|人|会|留下|银行卡|号码|，|由|银行|保管|，|我们|从不|查看|。
只有|海岸|警卫队|书面|要求|时|，|港务|主任|才|可以|阅读|航海|日志|。
如有|错误|，|您|可以|在|工作日|中午|之前|到|灯塔|旁边|的|办公室|更正|。
投诉|首先|交给|港务局|，|六|周|之内|免费|答复|。
""",  # noqa: RUF001  a comma as Chinese has it
    """\
船只|和|泊位
摄像头
费用
您|的|权利
儿童|登船
""",
    unspaced=True,
)
THAI = read_tongue(
    "th",
    """\
ท่าเรือ|จด|ชื่อ|เรือ|ความยาว|และ|ที่|จอด|ที่|คุณ|ขอ|ไว้
กล้อง|เฝ้า|เขื่อน|ใน|เวลา|กลางคืน|และ|ลบ|ภาพ|หลัง|สิบสี่|วัน
ธนาคาร|เก็บ|หมายเลข|บัตร|ของ|ผู้|ที่|เติม|น้ำมัน|และ|เรา|ไม่|เคย|เห็น
คุณ|แก้ไข|ข้อมูล|ที่|ผิด|ได้|ที่|สำนักงาน|ข้าง|ประภาคาร
""",
    """\
เรือ|และ|ที่|จอด
กล้อง
สิทธิ|ของ|คุณ
""",
    unspaced=True,
)
HINDI = read_tongue(
    "hi",
    """\
हम आपकी नाव का नाम, उसकी लंबाई और माँगी गई जगह पूरे मौसम के लिए लिखते हैं।
रात में कैमरे बाहरी घाट पर नज़र रखते हैं और चोरी न होने पर चित्र चौदह दिन बाद मिटा दिए जाते हैं।
यहाँ ईंधन लेने वाले का कार्ड नंबर बैंक के पास रहता है और हम उसे कभी नहीं देखते।
ग़लत जानकारी आप किसी भी कार्यदिवस में प्रकाशस्तंभ के पास वाले कार्यालय में ठीक करा सकते हैं।
""",
    """\
नाव और जगह
कैमरे
आपके अधिकार
""",
)
ARABIC = read_tongue(
    "ar",
    """\
نسجّل اسم قاربك وطوله والمرسى الذي طلبته للموسم كله في دفتر الميناء.
تراقب الكاميرات الرصيف الخارجي ليلًا وتُمحى الصور بعد أربعة عشر يومًا ما لم تقع سرقة.
يحتفظ المصرف برقم بطاقة من يتزود بالوقود هنا ولا نراه نحن أبدًا.
يمكنك تصحيح أي خطأ في المكتب المجاور للمنارة في أيام العمل قبل الظهر.
""",
    """\
القوارب والمراسي
الكاميرات
حقوقك
""",
)
KOREAN = read_tongue(
    "ko",
    """\
항구는 배의 이름과 길이, 그리고 신청하신 정박 자리를 장부에 기록합니다.
밤에는 카메라가 바깥 부두를 촬영하며, 도난이 없으면 영상을 14일 뒤에 지웁니다.
여기서 급유하는 분의 카드 번호는 은행만 보관하고 저희는 전혀 보지 않습니다.
잘못된 기록은 평일 정오 전에 등대 옆 사무실에서 바로잡을 수 있습니다.
""",
    """\
배와 정박
카메라
고객의 권리
""",
)
TONGUES = (ENGLISH, GERMAN, SPANISH, JAPANESE, CHINESE, THAI, HINDI, ARABIC, KOREAN)
