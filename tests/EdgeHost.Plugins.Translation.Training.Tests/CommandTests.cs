using EdgeHost.Plugins.Language.Training;
using EdgeHost.Plugins.Translation.Training.Decoding;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>The commands, with a model that ships with the plugin.</summary>
public class CommandTests
{
    private static readonly string Models = Path.Combine(Repository.Root, "plugins", "Translation", "models");
    private static readonly string Shipped = Path.Combine(Models, "translation-en-fr");

    private static readonly string[] Pairs =
    [
        "I am a student.\tJe suis étudiant.", "Thank you.\tMerci.", "We are not students.\tNous ne sommes pas étudiants.", "She thanks you.\tElle te remercie.", "I am tired.\tJe suis fatigué.",
        "Thank you for everything.\tMerci pour tout.", "Is he a student?\tEst-il étudiant ?", "You are a student.\tTu es étudiante.",
    ];

    [Fact]
    public async Task Train_AFewSteps_WritesAModelThatTranslatesAndGoesOnFromThere()
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(folder.Combine("pairs.tsv"), Pairs);
        string[] arguments =
        [
            "--vocabulary", Shipped, "--begin", Shipped, "--pairs", folder.Combine("pairs.tsv"), "--times", "20", "--languages", "eng-fra", "--out", folder.Combine("run"),
            "--steps", "4", "--look-every", "2", "--batch", "2", "--length", "32", "--mean", "2", "--rate", "0.00001", "--warm-up", "1",
        ];

        await TrainCommand.RunAsync(new Arguments(arguments), CancellationToken.None);

        var model = folder.Combine("run", "model");
        var before = File.ReadAllBytes(ModelFolder.EncoderOf(model, isSmall: false));
        Assert.InRange(new FileInfo(ModelFolder.EncoderOf(model, isSmall: true)).Length + new FileInfo(ModelFolder.DecoderOf(model, isSmall: true)).Length, 1_000_000, 8_000_000);
        foreach (var isSmall in new[] { false, true })
        {
            using var translator = await FolderTranslator.OpenAsync(model, isSmall, CancellationToken.None);
            var made = await translator.TranslateAsync(["I am a student.", "Thank you."], beams: 1, CancellationToken.None);
            Assert.Equal([("Je suis étudiant.", false), ("Merci.", false)], made);
        }

        // All is done already, and comes out the same.
        await TrainCommand.RunAsync(new Arguments(arguments), CancellationToken.None);
        Assert.Equal(before, File.ReadAllBytes(ModelFolder.EncoderOf(model, isSmall: false)));
    }

    [Fact]
    public void Of_ConsistencyWithAnOddBatch_SaysSo()
    {
        string[] arguments = ["--vocabulary", Shipped, "--pairs", "pairs.tsv", "--languages", "eng-fra", "--out", "run", "--consistency", "5", "--batch", "7"];

        Assert.Contains("even number, not 7", Assert.Throws<EdgeHostException>(() => TrainSettings.Of(new Arguments(arguments))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_AColumn_MakesPairsOfWhatIsThere()
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(folder.Combine("pairs.tsv"), ["Thank you.\t1", "Thank you.\t2", "I am a student.\t3"]);

        await TranslateCommand.RunAsync(new Arguments(["--model", Shipped, "--in", folder.Combine("pairs.tsv"), "--out", folder.Combine("made.tsv")]), CancellationToken.None);

        Assert.Equal(["Thank you.\tMerci.", "I am a student.\tJe suis étudiant."], await File.ReadAllLinesAsync(folder.Combine("made.tsv")));
    }

    [Fact]
    public void Mean_OfAModelAndAnother_IsBetweenThem()
    {
        using var folder = new TempFolder();
        var shape = ModelFolder.ShapeOf(Shipped);
        var weights = WeightReader.Read(Shipped, shape);
        weights["enc.0.f1.weight"] = Array.ConvertAll(weights["enc.0.f1.weight"], value => 3 * value);
        ModelFolder.Write(folder.Combine("other"), weights, shape, Shipped, ("eng", "fra"));

        MeanCommand.Run(new Arguments(["--models", $"{Shipped},{folder.Combine("other")}", "--languages", "eng-fra", "--out", folder.Combine("mean")]));

        var (before, mean) = (WeightReader.Read(Shipped, shape), WeightReader.Read(folder.Combine("mean"), shape));
        Assert.All(before["enc.0.f1.weight"].Zip(mean["enc.0.f1.weight"]), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-3f));
        Assert.All(before["enc.0.f2.weight"].Zip(mean["enc.0.f2.weight"]), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public void Ship_AModel_IsDescribedAsTheOnesThatAreThere()
    {
        using var folder = new TempFolder();
        const string Notice = "Trained by the EdgeHost authors for this project. Contains material derived from tatoeba.org (contributors of Tatoeba, CC BY 2.0 FR), lists by manythings.org.";

        ShipCommand.Run(new Arguments(["--model", Shipped, "--models", folder.Path, "--from", "en", "--to", "fr", "--from-name", "English", "--to-name", "French", "--notice", Notice, "--version", "1.2.3"]));

        foreach (var file in new[] { "translation-en-fr.json", "translation-en-fr-decoder.json" })
        {
            Assert.Contains("\"version\": \"1.2.3\"", File.ReadAllText(folder.Combine(file)), StringComparison.Ordinal);
            Assert.Equal(WithoutVersion(Path.Combine(Models, file)), WithoutVersion(folder.Combine(file)));
        }

        static IEnumerable<string> WithoutVersion(string path) => File.ReadLines(path).Where(line => !line.Contains("\"version\"", StringComparison.Ordinal) && !line.Contains("sha256", StringComparison.Ordinal) && !line.Contains("bytes\":", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_OfAWrongLine_SayWhatIsWrong()
    {
        var error = Assert.Throws<EdgeHostException>(() => TrainSettings.Of(new Arguments(["--vocabulary", "v", "--out", "o", "--languages", "eng-fra", "--pairs", "a,b", "--times", "1"])));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("--times", error.Message, StringComparison.Ordinal);
    }
}
