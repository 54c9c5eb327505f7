/** The voice, as the core needs it: text in, playable file out. Implemented in `media`. */
export interface Speech {
  /**
   * @param language - BCP 47; a language without a voice is spoken in English
   * @returns absolute path of a WAV (mono, 16-bit PCM, 8,000 Hz) that stays there
   * @throws {DomainError} `speech.unavailable`
   */
  speak(text: string, language: string): Promise<string>;
}
