using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Plugins.Translation.Texts;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Scoring;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The decoding against the figures of the reference decode of the same weights, on development sentences that are not in the repository.</summary>
[Collection(nameof(TranslationModels))]
public class ReferenceDecodeTests(TranslationModels models)
{
    private const string Data = "testdata/translation";

    [SharedDataTheory(Data)]
    [InlineData("en", "zh", 1, 26.40, 28.94)]
    [InlineData("en", "zh", 4, 27.65, 30.06)]
    [InlineData("zh", "en", 1, 29.0, 29.0)]
    [InlineData("zh", "en", 4, 32.8, 32.8)]
    [InlineData("en", "fr", 1, 40.28, 40.28)]
    [InlineData("en", "fr", 4, 40.14, 40.14)]
    [InlineData("fr", "en", 1, 36.5, 36.5)]
    [InlineData("fr", "en", 4, 36.4, 36.4)]
    public async Task ShippedModel_ScoresWhatTheReferenceDoes(string source, string target, int beams, double expected, double expectedTidy)
    {
        var (texts, references) = Read(source, target);
        using var translator = await OpenAsync(models.Provider, $"translation-{source}-{target}", source, target);
        var said = new List<string>();
        foreach (var text in texts) said.Add((await translator.TranslateAsync([text], new WritingLimits(beams, null), CancellationToken.None))[0].Text);

        // Weights of 8 bits round differently on other processors: the reference's own distance between two is 0.4.
        Assert.Equal(expected, Score(said, references, target), 0.5);
        Assert.Equal(expectedTidy, Score([.. said.Select(text => target == "zh" ? Punctuation.ToFullWidth(text) : text)], references, target), 0.5);
    }

    internal static double Score(IReadOnlyList<string> said, IReadOnlyList<string> references, string target)
        => Bleu.Score(said, [references], target == "zh" ? BleuTokeniser.Chinese : BleuTokeniser.Latin);

    internal static (string[] Texts, string[] References) Read(string source, string target)
    {
        var file = source == "fr" || target == "fr" ? "eng-fra" : "eng-zho";
        var pairs = File.ReadAllLines(Repository.FindShared($"{Data}/{file}.dev200.tsv")!).Select(static line => line.Split('\t')).ToArray();
        var from = source == "en" ? 0 : 1;
        return ([.. pairs.Select(pair => pair[from])], [.. pairs.Select(pair => pair[1 - from])]);
    }

    internal static ValueTask<MarianTranslator> OpenAsync(IModelProvider provider, string id, string source, string target, int maxRows = 1)
        => MarianTranslator.OpenAsync(provider, new TranslationModel(id, source, target, $"{id}-decoder", null, "", maxRows, true, ""), new MarianFiles(), CancellationToken.None);
}
