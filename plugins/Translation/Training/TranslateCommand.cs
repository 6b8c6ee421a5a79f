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
    private const int Portion = 2_000;

    /// <summary>Runs the command.</summary>
    public static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var folder = arguments.Text("model");
        var pieces = new Pieces(folder, isReversed: false);
        using var translator = new GreedyTranslator(folder, arguments.Number("small", 1) == 1);
        var pairs = PairFile.Read(arguments.Text("in"), arguments.Number("column", 1) == 2);
        var most = arguments.Number("most-pieces", 60);
        var isWithReference = arguments.Number("references", 0) == 1;
        var sentences = isWithReference ? pairs : [.. pairs.DistinctBy(pair => pair.Source)];
        var output = arguments.Text("out");
        var writer = new StreamWriter(output);
        await using var closing = writer.ConfigureAwait(false);
        var translations = new List<string>();
        foreach (var some in sentences.Chunk(Portion))
        {
            var ids = some.Select(pair => pieces.OfSource(pair.Source)).ToList();
            var made = await translator.TranslateAsync([.. ids.Select(one => one.Length <= most ? one : one[..most])], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++)
            {
                var translation = pieces.Text(made[i]);
                translations.Add(translation);

                // Translations that ran away teach nothing.
                if (isWithReference || (ids[i].Length <= most && made[i].Length > 0 && made[i].Length <= (2 * ids[i].Length) + 2)) await writer.WriteLineAsync($"{some[i].Source}\t{translation}").ConfigureAwait(false);
            }
        }

        if (isWithReference) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sentences.Count} sentences, chrF2 {CharacterScore.Of(translations, [.. sentences.Select(pair => pair.Target)]):F2}"));
    }
}
