// Which language a text is in, told by its function words and letters.

/** The languages wayout has a lexicon for, and some that it can only name. */
const FUNCTION_WORDS: Record<string, string> = {
  en: 'the and you your to of is are we it for with that this have not can will if please would be on our do what their they',
  et: 'ja on ei kui et see oma ma te teie mis kas või saab aga ka siis meie seda mida palun kuni ning klient olen kliendi',
  vi: 'và là của không có cho tôi bạn được với này khách hàng quý anh chị em vui lòng nếu xin hủy dịch vụ đã sẽ thì',
  da: 'og er det ikke du jeg til af vi har kan som på din dit kunden hvis skal med for at en hvad vil eller af så',
  ru: 'и в не на что вы мы если для как вас клиент это по с вам ваш или из к у же о от за можете',
  de: 'und der die das ist nicht sie wir ich für mit wenn ihr ihre ein eine zu den kunde werden haben bitte auf oder des',
  fr: 'et le la les vous nous est pas de des un une pour votre vos si dans que qui je sur client avec ne au ce cette',
  es: 'y el la los las de que no en un una usted su para por con es si se lo cliente del al le como sus o más',
  pl: 'i w nie na się z do że jest to czy klient jeśli dla proszę lub od po jak co klienta są oraz jego można',
  nl: 'en het een van de niet ik u je is voor met wij als dat op te klant uw of zijn naar kan wordt hebben deze om',
  it: 'e il di che non la per un una è con si cliente se lei i del le da gli della sono ha nel al vuole come',
  pt: 'e o de que não a para um uma com se do da os você cliente em por no seu sua é ao dos está ou quer na',
  sv: 'och är det inte du jag att för med av vi har kan som på din kunden om ska till en ett eller vad vill så du',
  no: 'og er det ikke du jeg til av vi har kan som på din kunden hvis skal med for å en hva vil eller deg etter kundens',
  fi: 'ja on ei että se hän asiakas jos voi kun mitä tai minä olen ovat mutta asiakkaan kanssa niin sinun pyydä ole',
  cs: 'a se na je v že to s z do pro o zákazník jste nebo jak k po ale když by jsou jsem vám pokud prosím',
  uk: 'і в не на що ви ми якщо для як вас клієнт це з та вам або у до від ваш за чи його є',
}

/** Letters that weigh as much as words. */
const LETTERS: Record<string, string> = {
  et: 'õ',
  vi: 'ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  da: 'æø',
  no: 'æø',
  ru: 'ыэё',
  de: 'ß',
  fr: 'çêèùœ',
  es: 'ñ¿¡',
  pl: 'łąęńśźżć',
  pt: 'ãõ',
  cs: 'ěřůčž',
  uk: 'іїєґ',
}

const SUPPORTED = new Set(['en', 'et', 'vi', 'da', 'ru', 'de', 'fr', 'es'])

export type Detected = {
  /** ISO 639-1. */
  language: string
  /** wayout has a lexicon for it. */
  supported: boolean
}

const words = new Map<string, string[]>()
const letters = new Map<string, string[]>()
for (const [language, list] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(list.split(' '))) words.set(word, [...(words.get(word) ?? []), language])
}
for (const [language, list] of Object.entries(LETTERS)) {
  for (const letter of list) letters.set(letter, [...(letters.get(letter) ?? []), language])
}

/** The score at which a text is said to be in a language wayout cannot read: some six function words. */
const ENOUGH_TO_REFUSE = 8

/** Long texts are judged by their beginning. */
const LONGEST = 20_000

/** The language of a text; null where its words do not tell. Linear. */
export function detectLanguage(text: string): Detected | null {
  const scores = new Map<string, number>()
  const add = (languages: readonly string[] | undefined, weight: number): void => {
    // A word of many languages tells little.
    for (const language of languages ?? []) {
      scores.set(language, (scores.get(language) ?? 0) + weight / languages!.length)
    }
  }
  const sample = text.slice(0, LONGEST).toLowerCase().normalize('NFC')
  for (const word of sample.split(/[^\p{L}\p{M}]+/u)) {
    if (word !== '') add(words.get(word), 2)
  }
  for (const letter of sample) if (letter > '\u007f') add(letters.get(letter), 1)
  let best: string | null = null
  let [most, second] = [0, 0]
  for (const [language, score] of [...scores].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    if (score > most) [best, most, second] = [language, score, most]
    else if (score > second) second = score
  }
  if (best === null || most < 2 || most - second < 0.5) return null
  // A few words are not enough to say that nothing can be read here.
  if (!SUPPORTED.has(best) && most < ENOUGH_TO_REFUSE) return null
  return { language: best, supported: SUPPORTED.has(best) }
}
