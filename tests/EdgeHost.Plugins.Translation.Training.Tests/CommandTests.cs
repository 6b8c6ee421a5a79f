using EdgeHost.Plugins.Language.Training;
using EdgeHost.Plugins.Translation.Training.Decoding;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>The commands, with the vocabulary and pairs of real languages.</summary>
public class CommandTests
{
    private const string Folder = "models/translation-en-fr";
    private const string Data = "datasets/translation/eng-fra.train.tsv";

    [SharedDataFact(Folder)]
    public async Task Train_AFewSteps_WritesAModelThatTranslatesAndGoesOnFrom()
    {
        using var folder = new TempFolder();
        await File.WriteAllLinesAsync(folder.Combine("pairs.tsv"), File.ReadLines(Repository.FindShared(Data)!).Where((_, line) => line % 40 == 0));
        string[] arguments =
        [
            "--vocabulary", Repository.FindShared(Folder)!, "--begin", Repository.FindShared(Folder)!, "--pairs", folder.Combine("pairs.tsv"), "--languages", "eng-fra", "--out", folder.Combine("run"),
            "--steps", "4", "--look-every", "2", "--batch", "2", "--length", "32", "--mean", "2", "--rate", "0.00001", "--warm-up", "1",
        ];

        await TrainCommand.RunAsync(new Arguments(arguments), CancellationToken.None);

        var model = folder.Combine("run", "model");
        var before = File.ReadAllBytes(Path.Combine(model, ModelFolder.Encoder + ModelFolder.Ending));
        Assert.InRange(Directory.GetFiles(model).Where(path => !path.EndsWith(ModelFolder.Encoder + ModelFolder.Ending, StringComparison.Ordinal) && !path.EndsWith(ModelFolder.Decoder + ModelFolder.Ending, StringComparison.Ordinal)).Sum(path => new FileInfo(path).Length), 1_000_000, 8_000_000);
        var pieces = new Pieces(model, isReversed: false);
        foreach (var isSmall in new[] { false, true })
        {
            using var translator = new GreedyTranslator(model, isSmall);
            var made = await translator.TranslateAsync([pieces.OfSource("I am a student."), pieces.OfSource("Thank you.")], CancellationToken.None);
            Assert.Equal(["Je suis étudiant.", "Merci."], made.Select(ids => pieces.Text(ids)));
        }

        // All is done already, and comes out the same.
        await TrainCommand.RunAsync(new Arguments(arguments), CancellationToken.None);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(model, ModelFolder.Encoder + ModelFolder.Ending)));
    }

    [Fact]
    public void Settings_OfAWrongLine_SayWhatIsWrong()
    {
        var error = Assert.Throws<EdgeHostException>(() => TrainSettings.Of(new Arguments(["--vocabulary", "v", "--out", "o", "--languages", "eng-fra", "--pairs", "a,b", "--times", "1"])));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("--times", error.Message, StringComparison.Ordinal);
    }
}
