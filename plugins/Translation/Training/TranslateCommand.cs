using System.Globalization;
using EdgeHost.Plugins.Translation.Training.Decoding;
using EdgeHost.Plugins.Translation.Training.Texts;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>
/// Translates one side of a file of pairs and writes pairs of it. Pairs whose source a model made and whose target a person wrote teach the
/// other direction to write well (back-translation: Sennrich, Haddow and Birch, 2016).
/// </summary>
internal static class TranslateCommand
{
    private const int Portion = 1_000;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var translator = await FolderTranslator.OpenAsync(arguments.Text("model"), arguments.Number("small", 1) == 1, cancellationToken).ConfigureAwait(false);
        var pairs = PairFile.Read(arguments.Text("in"), arguments.Number("column", 1) == 2);
        var beams = arguments.Number("beams", 1);
        var isCompared = arguments.Number("compare", 0) == 1;
        if (!isCompared) pairs = [.. pairs.DistinctBy(pair => pair.Source)];
        var writer = new StreamWriter(arguments.Text("out"));
        await using var closing = writer.ConfigureAwait(false);
        var translations = new List<string>();
        foreach (var some in pairs.Chunk(Portion))
        {
            var made = await translator.TranslateAsync([.. some.Select(pair => pair.Source)], beams, cancellationToken).ConfigureAwait(false);
            translations.AddRange(made.Select(one => one.Text));
            foreach (var (pair, one) in some.Zip(made))
            {
                // Translations that ran away teach nothing.
                if (isCompared || (!one.IsCut && one.Text.Length > 0)) await writer.WriteLineAsync($"{pair.Source}\t{one.Text}").ConfigureAwait(false);
            }
        }

        if (isCompared) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pairs.Count} sentences, chrF2 {CharacterScore.Of(translations, [.. pairs.Select(pair => pair.Target)]):F2}"));
    }
}
