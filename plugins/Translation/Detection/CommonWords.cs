using System.Collections.Frozen;

namespace EdgeHost.Plugins.Translation.Detection;

/// <summary>The words that texts of a language have most, by which short ones are told. No state.</summary>
internal static class CommonWords
{
    private static readonly FrozenDictionary<string, string[]> Languages = Invert(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "the a an and is are was were am be been i you he she it we they my your his her its our their this that these those what where when who why how which do does did not no yes to of in on at for with from by as but or if so have has had will would can could should there here please thank thanks hello hi good morning evening night day very much many one two time today tomorrow yesterday s t m ll re ve don let",
        ["fr"] = "le la les un une des du de et est sont était je tu il elle nous vous ils elles mon ma mes ton ta tes son sa ses ce cet cette ces qui que quoi où quand pourquoi comment ne pas non oui à au aux en dans sur avec pour par mais ou si ai a ont suis es sommes êtes l d j c qu n s il plaît très merci bonjour bonsoir salut aujourd'hui demain hier deux temps plus bien moi toi",
        ["de"] = "der die das ein eine einen und ist sind war ich du er sie es wir ihr mein dein sein nicht kein ja nein zu von in im auf mit für aus bei aber oder wenn habe hat haben wird kann was wo wann wer warum wie danke bitte hallo guten tag morgen abend heute gestern sehr auch den dem",
        ["es"] = "el la los las un una y es son era yo tú él ella nosotros mi tu su este esta qué dónde cuándo quién por qué cómo no sí a de del en con para pero o si he ha han está estoy muy gracias hola buenos días buenas hoy mañana ayer que lo se me te más",
        ["it"] = "il lo la gli le un una e è sono era io tu lui lei noi mio tuo suo questo questa che dove quando chi perché come non sì no a di del della in con per ma o se ho ha hanno molto grazie ciao buongiorno oggi domani ieri più mi ti si",
        ["pt"] = "o a os as um uma e é são era eu tu ele ela nós meu seu este esta que onde quando quem por porque como não sim de do da em no na com para mas ou se tem está muito obrigado obrigada olá bom dia boa hoje amanhã ontem mais você isso",
        ["nl"] = "de het een en is zijn was ik jij hij zij wij mijn jouw dit dat wat waar wanneer wie waarom hoe niet geen ja nee te van in op met voor maar of als heb heeft hebben kan zal dank je hallo goedemorgen vandaag morgen gisteren zeer ook er",
        ["sv"] = "en ett och är var jag du han hon vi de min din sin detta den det vad var när vem varför hur inte ja nej att av i på med för men eller om har kan ska tack hej god morgon idag mycket",
        ["pl"] = "i w na z do nie tak jest są był ja ty on ona my to co gdzie kiedy kto jak się dla ale lub czy mam ma dziękuję cześć dzień dobry dziś jutro bardzo",
        ["tr"] = "ve bir bu şu o ben sen biz siz ne nerede kim nasıl değil evet hayır var yok için ile ama çok teşekkürler merhaba iyi bugün mi mı",
        ["id"] = "dan yang di ke dari ini itu saya kamu dia kami kita apa mana siapa tidak ya ada untuk dengan atau sudah akan terima kasih selamat pagi hari sangat",
    });

    /// <summary>Counts the words of a text that languages have most.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Of each language that has any of them the share of the text's words that it has.</returns>
    public static Dictionary<string, double> SharesOf(string text)
    {
        var words = WordsOf(text);
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            foreach (var language in Languages.GetValueOrDefault(word, [])) shares[language] = shares.GetValueOrDefault(language) + (1.0 / words.Length);
        }

        return shares;
    }

    /// <summary>How many words a text has.</summary>
    public static int CountOf(string text) => WordsOf(text).Length;

    private static string[] WordsOf(string text)
        => text.ToLowerInvariant().Replace('’', '\'').Split(
            [' ', '\t', '\r', '\n', '.', ',', '!', '?', ';', ':', '"', '(', ')', '«', '»', '“', '”', '-', '—', '\'', '\u00a0', '\u202f', '¿', '¡'], StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<string, string[]> Invert(Dictionary<string, string> languages)
        => languages.SelectMany(static language => language.Value.Split(' ').Distinct().Select(word => (word, language.Key)))
            .GroupBy(static pair => pair.word, static pair => pair.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
}
