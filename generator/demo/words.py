"""The words that the invented catalogue is made of: no name here is meant to be anybody's."""

from typing import Final


def several(text: str) -> tuple[str, ...]:
    """The texts between the bars, on however many lines."""
    return tuple(" ".join(one.split()) for one in text.split("|"))


# Artists by tongue; an artist sings in the tongue under which it stands.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "en": several(
        """
        The Lost Umbrellas | Velvet Dishwasher | Marginal Gains | Ghost of a Spreadsheet | Ida Quill |
        Norwegian Wouldn't | Paper Antlers | The Polite Refusals | Sofa King Quiet | Otto & the Pilots |
        Mild Peril | Hannah Overcast | Library Fines | The Emergency Biscuits | Saltwater Accountant |
        Tuesday's Understudy | DJ Spare Key | Moth Committee | Cardigan Riot | Halogen Choir |
        The Second Landlords | Lamp Lamp Lamp | Juniper Vole | Escalator to Kevin | Mezzanine Weather |
        Wet Cement | Deborah from Payroll | Low Battery | The Unread Terms | Kettle & Daughters |
        Slow Elevator | Big Modest | Pigeon Diplomacy | Nora Lint | The Hesitant Drums |
        Four Wrong Turns | Absent Cat | Professor Yonder | Sunday Multitool | The Wool Street Trio |
        Fax Machine Romance | Minor Planet | Gentle Reminder | Rival Aunts | Cobalt Teaspoon |
        The Last Bus Home Band | August Nettle | Plural Moons | Jazz Insurance | Teeth, Hair & Weather |
        Quarterly Fog | The Borrowed Ladders | Mx. Parallel | Winter Timetable | Basement Orchid |
        Accidental Harpist | The Damp Squibs | Ottoline Parsnip | Night Shift Florist | Carpet Diem |
        Ruth Ampersand | Corduroy Planet | Public Pool | Soft Launch | The Small Print |
        Harbour Lights Out | Elliott Barnacle | Unlicensed Fireworks | Snooze Button | Tin Opera |
        The Nearly Rans | Bright Idea at 3 AM | Otter Logic | Greta Umlaut | Municipal Waltz |
        Hold Music | Feral Piano | The Reply-Alls | Copper Noon | Marzipan Bulldozer |
        Unsent Postcards | Peak District Attorney | Sibling Rivalry Records | Dust Jacket | Oboe Wan
        """
    ),
    "de": several("Kofferraum Sinfonie | Die Freundlichen Schranken | Lotte Nebelhorn | Feierabend 3000"),
    "fr": several("Les Parapluies Bavards | Camille Brouillard | Ascenseur Bleu | Dimanche Pluvieux"),
    "es": several("Los Relojes Cansados | Marisol del Tejado | Siesta Eléctrica"),
    "pt": several("Guarda-Chuva Amarelo | Teresa Maresia | Elevador Sentimental"),
    "el": several("Οι Χαμένες Ομπρέλες | Νεφέλη Σιδερά"),
    "ru": several("Тихий Трамвай | Соседи Сверху | Варя Снегопад"),
    "ja": several("終電クラブ | みどりの冷蔵庫 | 月曜カルテット | Haru to Denki"),
    "ko": several("새벽우산 | 느린 엘리베이터"),
    "zh": several("藍色雨傘 | 慢電梯"),
    "ar": several("مظلات زرقاء | ليلى الرصيف"),
    "he": several("מטריה כחולה"),
    "hi": several("धीमी लिफ़्ट | मीरा बरसात"),
    "is": several("Þokuljós | Ekki Björk Heldur Birki | Snæþór og Súpan"),
}

# A title in these tongues is one of the first words and one of the second, with a space or without.
JOINED: Final[dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "de": (
        " ",
        several("Fahrrad | Kühlschrank | Mondlicht | Zimmerpflanze | Leuchtturm | Nachbarin | Regenjacke"),
        several(
            """
            im Treppenhaus | ohne Sattel | am Ende der Straße | um halb vier | für Anfänger |
            außer Betrieb
            """
        ),
    ),
    "fr": (
        " ",
        several("Bicyclette | Croissant | La lune | Un détour | Le voisin | Chanson | Minuit"),
        several("sous la pluie | sans façon | à crédit | au rez-de-chaussée | malgré tout | d’août"),
    ),
    "es": (
        " ",
        several("Bicicleta | La luna | Sobremesa | Un paraguas | El vecino | Mañana | Carta"),
        several("sin prisa | en el tejado | de madrugada | a domicilio | bajo el agua | por si acaso"),
    ),
    "pt": (
        " ",
        several("Bicicleta | Saudade | Domingo | A janela | Café | Um navio | Coração"),
        several("sem pressa | à beira-mar | de madrugada | em obras | depois da chuva | a prestações"),
    ),
    "el": (
        " ",
        several("Θάλασσα | Ποδήλατο | Φεγγάρι | Καφές | Γράμμα"),
        several("χωρίς αλάτι | στις τέσσερις | για δύο | μετά τη βροχή | στο μπαλκόνι"),
    ),
    "ru": (
        " ",
        several("Чайник | Последний трамвай | Окно | Письмо | Снег | Лифт"),
        several("до рассвета | без остановок | на кухне | в понедельник | после дождя"),
    ),
    "ja": (
        "",
        several("夜の | 青い | 忘れられた | 日曜日の | 窓ぎわの | 少し遠い"),
        several("電車 | 自転車 | 猫 | 手紙 | 天気予報 | 冷蔵庫"),
    ),
    "ko": (
        " ",
        several("새벽의 | 푸른 | 느린 | 월요일의 | 작은"),
        several("자전거 | 편지 | 창문 | 고양이 | 냉장고"),
    ),
    "zh": (
        "",
        several("午夜的 | 藍色的 | 星期一的 | 忘記的"),
        several("腳踏車 | 信 | 窗戶 | 貓 | 電梯"),
    ),
    "ar": (
        " ",
        several("قمر | رسالة | قهوة | دراجة"),
        several("فوق المدينة | بعد المطر | بلا موعد | في الفجر"),
    ),
    "he": (
        " ",
        several("ירח | מכתב | אופניים | קפה"),
        several("על הגג | אחרי הגשם | בלי מטריה"),
    ),
    "hi": (
        " ",
        several("रात की | शहर की | नींद की | सोमवार की"),
        several("चाय | गाड़ी | खिड़की | चिट्ठी | बारिश"),
    ),
    "is": (
        " ",
        several("Ljósið | Bréf | Hjólið mitt | Kaffi | Þögnin"),
        several("í eldhúsinu | um nótt | á mánudegi | við höfnina | án regnhlífar"),
    ),
}

# English titles: every {word} is drawn from the list of that name below.
PATTERNS: Final = several(
    """
    {thing} | {thing} | {mood} {thing} | {mood} {thing} | {thing} {song} | {day} {song} |
    {place} {song} | {mood} {day} | {mood} & {mood} | {verb} the {thing} | The {thing} Knows |
    All My {thing}s | {thing} in the Rain | {verb} Me by {day} | Don't {verb} the {thing} |
    {person}'s {thing} | O, {person} | {person}, Don't {verb} | I {verb} You (and the {thing}) |
    Nobody {verb}s Like {person} | ({mood}) {thing} | How to {verb} a {thing} | {person} ({place} Mix) |
    Another {mood} {thing} | {day} Is a Rumour | {thing} vs. {thing} | What the {thing} Said |
    {number} {thing}s | Too {mood} to {verb} | {verb} It Like a {thing} |
    {place}, {day}, Half Past {number} | Please {verb} Responsibly | {thing} Season | Slow {thing} |
    Goodnight, {thing} | If You Must {verb} | {song} for a {mood} {thing} | Why Is the {thing} {mood}? |
    My {thing} Has Questions | {mood} | {mood} | {verb} Again | {verb}, {verb}, {verb} | {place} |
    {number} Past {day} | The Year of the {thing} | {person} and the {thing} | {place} at Night |
    You Said {day} | Half a {thing} | {thing} Theory | {mood} Enough | Every {thing} I Own |
    {day}, Probably | Less {mood} Than {person} | No. {number} | A {thing} of One's Own |
    {verb} Me, {person} | {thing}! | It Was Never About the {thing} | {mood} People |
    Sorry About the {thing} | Be {mood} | {thing}, Pt. {number} | Leave the {thing} On |
    {person} Was Right | {place} Revisited | My Other {thing} | Not the {thing} Again |
    The {mood} Ones | {song} in {number} Parts | We Should {verb} {person} | {day} Without {person}
    """
)
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "thing": several(
        """
        Umbrella | Teaspoon | Lighthouse | Houseplant | Escalator | Lampshade | Kettle | Satellite |
        Ladder | Trampoline | Postcard | Radiator | Orchard | Hammock | Cable Car | Spreadsheet |
        Pigeon | Cardigan | Telescope | Doorbell | Marmalade Jar | Bicycle | Thunderstorm | Tambourine |
        Elevator | Comet | Moth | Fire Exit | Piano | Suitcase | Voicemail | Birthday
        """
    ),
    "mood": several(
        """
        Reasonable | Velvet | Unbothered | Golden | Soft | Borrowed | Electric | Overdue | Tender |
        Lukewarm | Blue | Invisible | Holy | Nearly | Wild | Provisional | Silver | Homesick
        """
    ),
    "verb": several(
        """
        Call | Forget | Water | Unplug | Follow | Rewind | Haunt | Defrost | Alphabetise | Forgive |
        Photograph | Outrun | Borrow | Whisper | Postpone | Rescue
        """
    ),
    "day": several(
        "Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday | Tomorrow | Last August"
    ),
    "place": several(
        """
        Parking Garage | Kitchen | Lisbon | Aisle Nine | Terminal B | Night Bus | Waiting Room |
        Bathtub | Reykjavík | Cul-de-Sac | Harbour | Stairwell | Planetarium | Garden Centre | Leipzig |
        Car Wash
        """
    ),
    "song": several("Hymn | Waltz | Song | Lullaby | Blues | Serenade | Anthem | Interlude | Étude | Polka"),
    "person": several(
        "Marguerite | Kevin | Aunt Ruth | Óscar | Delphine | Mr. Papadakis | Yuki | Your Brother"
    ),
    "number": several("Two | Three | Four | Seven | Eleven | Twelve"),
}

# Titles that have broken programs; each is given to one song.
AWKWARD: Final = several(
    """
    NA | 007 | None | null | TRUE | 1e5 | =1+1 | - | 2026-11-20 | @home | +1 | 🫠 | ??? |
    Hello, Goodbye, Laundry | The “Good” Scissors | "Fine," She Said | Rock & Role Model |
    Tea; or, Coffee | <b>Bold</b> Move | AC/DB | 50% of Everything | C:\\Users\\Me\\Heart |
    {{ mustache }} | it's, like, "whatever" | '; DROP TABLE feelings; -- | Zoë’s Naïve Façade |
    Ångström | İstanbul'da Bir Gün | O_O |
    A Short Song with an Extraordinarily Long Title That Was Written on a Train Between Two
    Towns Whose Names Nobody in the Band Can Agree On, Including the Drummer, Who Grew Up in
    One of Them
    """
)
TAILS: Final = several(
    """
    - Remastered | - Live at the Swimming Pool | - Radio Edit | (Kitchen Version) | - Demo |
    (Interlude) | - Acoustic | (Reprise) | - Slow Elevator Remix
    """
)
ALBUMS: Final = several(
    """
    {mood} {thing}s | The {thing} Tapes | {place} Sessions | {number} {thing}s |
    {mood} Days, {mood} Nights | How to {verb} a {thing} | Songs from the {place} | {person} |
    {thing}, {thing}, {thing} | Volume {number}
    """
)
GENRES: Final = several(
    """
    porch pop | municipal jazz | kitchen house | slow disco | polite punk | weather folk | lift soul |
    office ambient | ferry techno | cardigan rock | desert polka | bedroom opera
    """
)
LABELS: Final = several("Second Drawer Records | Fern & Sons | Night Bus Recordings | Plain Biscuit")
