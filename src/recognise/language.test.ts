// Languages told by their function words and letters, supported or only named.
import { describe, expect, it } from 'vitest'
import { detectLanguage } from './index.ts'

describe('a language is told from a few sentences', () => {
  it.each([
    ['en', 'Thank you for calling. If you would like to cancel your membership, I can do that for you.'],
    ['et', 'Tere! Kui soovite oma tellimuse tühistada, siis palun öelge, mis on teie kliendinumber.'],
    ['vi', 'Xin chào quý khách. Nếu anh chị muốn hủy gói cước thì em sẽ giúp ngay ạ.'],
    ['da', 'Tak fordi du ringer. Hvis du gerne vil opsige dit abonnement, så kan jeg hjælpe dig med det.'],
    ['ru', 'Здравствуйте! Если вы хотите отменить подписку, я могу сделать это для вас прямо сейчас.'],
    ['de', 'Guten Tag! Wenn Sie Ihr Abonnement kündigen möchten, kann ich das für Sie sofort erledigen.'],
    [
      'fr',
      'Bonjour ! Si vous souhaitez résilier votre abonnement, je peux le faire pour vous tout de suite.',
    ],
    ['es', '¡Hola! Si usted desea cancelar la suscripción, puedo hacerlo por usted ahora mismo.'],
  ])('%s', (language, text) => expect(detectLanguage(text)).toEqual({ language, supported: true }))

  it.each([
    [
      'pl',
      'Dzień dobry. Jeśli klient chce zrezygnować z abonamentu, proszę zapytać, czy jest coś, co możemy zrobić.',
    ],
    ['nl', 'Goedendag. Als de klant het abonnement wil opzeggen, dan kan ik dat voor hem regelen.'],
    ['it', 'Buongiorno. Se il cliente vuole disdire l’abbonamento, chiedere che cosa non va e aiutare.'],
    ['pt', 'Olá. Se o cliente quer cancelar a assinatura, pergunte o que está errado e não insista em nada.'],
    ['sv', 'Hej! Om kunden vill säga upp sitt abonnemang ska du fråga varför och inte försöka övertala.'],
  ])('%s is named as one without a lexicon', (language, text) => {
    expect(detectLanguage(text)).toEqual({ language, supported: false })
  })

  it('is unknown where nothing tells', () => {
    expect(detectLanguage('')).toBeNull()
    expect(detectLanguage('12345 !!!')).toBeNull()
    expect(detectLanguage('xyzzy plugh')).toBeNull()
  })
})
