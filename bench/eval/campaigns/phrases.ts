// Phrase banks of the generator of campaigns. Several campaigns draw from one bank, as kits for sale make them do.

/** Banks by slot; a campaign takes a few phrases of each slot that it has. */
export interface Banks {
  readonly language: string;
  readonly greeting: readonly string[];
  readonly claims: readonly (readonly string[])[];
  readonly proof: readonly string[];
  readonly urgency: readonly string[];
  readonly action: readonly string[];
  readonly closer: readonly string[];
}

const list = (text: string): readonly string[] => text.split('|');

export const BANKS: readonly Banks[] = [
  {
    language: 'en',
    greeting: list('greetings|good day|hey buddy|hi friend|morning|dear user|hi again|long time no see|hello mate'),
    claims: [
      list(
        'your parcel could not be delivered|a package is held at the depot|customs fee is unpaid|delivery was missed today|your address is incomplete|the courier was at your door|your shipment is on hold|one letter is waiting for you|redelivery can be booked|the postage is short',
      ),
      list(
        'your wallet needs to be verified|unusual login on your account|your mailbox is almost full|two factor will be turned off|your card was locked|a device was added to your profile|your password runs out|we noticed a strange payment|your access is limited|the security check failed',
      ),
      list(
        'part time job from your phone|we hire ten people in your city|rate hotels and get paid|like videos for cash|remote assistant wanted|no experience needed here|four hundred a day possible|our team is growing fast|become a tester with us|flexible hours and good pay',
      ),
    ],
    proof: list(
      'many of my friends use it|i checked it myself|see the reviews|paid out yesterday|official partner|licensed and insured|everybody in my class did|my sister works there|as seen on television|no tricks',
    ),
    urgency: list(
      'within one day|by friday evening|or it will be returned|places are nearly gone|closing tonight|respond today|final notice|the clock is running|before it is deleted|in the next two hours',
    ),
    action: list(
      'confirm under|settle it at|reschedule via|details on|apply through|review it at|continue to|start here|use this page|fill the form at',
    ),
    closer: list('regards|take care|cheers|talk soon|have a nice day|support team|yours|see you|god bless'),
  },
  {
    language: 'es',
    greeting: list('buenos dias|hola amigo|que tal|oye|buenas tardes|saludos|hola otra vez|estimado cliente'),
    claims: [
      list(
        'mira la foto que subieron de ti|hay un video tuyo en la red|encontre tu nombre en esta lista|alguien habla mal de ti|no vas a creer esta imagen|eres tu en esta grabacion|te etiquetaron en un album|tu perfil fue copiado|que haces en esta pagina',
      ),
      list(
        'ganaste un telefono nuevo|tu premio sigue sin reclamar|regalamos tarjetas de compra|duplica tus ahorros hoy|bono gratis para nuevos socios|trabajo facil desde casa|recibe monedas sin costo|vuelo gratis para dos personas|prestamo aprobado sin papeles',
      ),
    ],
    proof: list(
      'a mi me funciono|es totalmente legal|mi primo ya cobro|lo vi en la tele|sin engano|miles lo confirman|te lo juro|probado esta semana',
    ),
    urgency: list(
      'solo por hoy|quedan pocas plazas|antes de la noche|date prisa|caduca manana|ultimo aviso|hasta agotar existencias|en una hora cierra',
    ),
    action: list('entra en|pulsa aqui|abre|visita|comprueba en|registrate en|mira en|sigue este enlace'),
    closer: list('gracias|un abrazo|besos|jaja|avisame|no lo compartas|suerte|hasta luego'),
  },
  {
    language: 'ru',
    greeting: list('привет|здравствуй|добрый день|эй|приветик|салют|доброе утро|как дела'),
    claims: [
      list(
        'нашла твою фотографию|это ты на видео|про тебя тут пишут|твой профиль взломали|голосуй за мою дочку|посмотри мой новый альбом|тебя отметили на снимке|помнишь этот вечер',
      ),
      list(
        'раздают бесплатные скины|легкий заработок на дому|удвой свои вложения|подарочная карта для тебя|возврат налога одобрен|выплата ждет получателя|набираем людей в команду|новый розыгрыш монет',
      ),
    ],
    proof: list(
      'сама проверила|все честно|друзья уже получили|без обмана|сто процентов работает|админы подтвердили|вчера вывел деньги|клянусь',
    ),
    urgency: list(
      'только сегодня|осталось два места|до полуночи|поторопись|скоро закроют|последний шанс|пока действует|через час удалят',
    ),
    action: list('смотри тут|заходи на|жми|открой|проверь на|войди через|переходи|регистрация на'),
    closer: list('спасибо|пока|целую|жду ответа|удачи|напиши потом|обнимаю|только никому'),
  },
  {
    language: 'de',
    greeting: list('guten tag|moin|hallo du|servus|hey na|gruss dich|guten abend|sehr geehrter kunde'),
    claims: [
      list(
        'dein paket liegt im zollamt|die sendung kam zurueck|eine gebuehr ist offen|dein konto wird gesperrt|neue anmeldung erkannt|deine karte laeuft ab|bitte daten bestaetigen|die rechnung ist faellig|dein speicher ist voll',
      ),
      list(
        'nebenjob von zuhause|wir suchen noch helfer|gutschein ueber hundert euro|neues handy fuer tester|verdopple dein guthaben|gratis mitgliedschaft sichern|umfrage mit auszahlung|gewinn wartet auf dich|geld fuer einfache klicks',
      ),
    ],
    proof: list(
      'hat bei mir geklappt|ganz ohne haken|schon ausgezahlt|meine freundin macht mit|bekannt aus dem fernsehen|geprueft und sicher|echt kein witz|viele sind dabei',
    ),
    urgency: list(
      'nur heute|bis morgen frueh|sonst wird geloescht|letzte mahnung|nur noch drei plaetze|in einer stunde vorbei|schnell sein|solange es geht',
    ),
    action: list('hier klicken|ansehen unter|anmelden bei|weiter zu|bestaetigen auf|oeffne|schau auf|mehr dazu'),
    closer: list('danke|bis bald|liebe gruesse|tschuess|viel glueck|dein team|melde dich|sag es keinem'),
  },
];
