using EdgeHost.Capabilities.Vision;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Classes of an app's own through the real socket, and places, with real weights.</summary>
public class TeachingTests(ServingHost host) : IClassFixture<ServingHost>
{
    [ModelsFact]
    public async Task Classes_AreKnownAtOnce_ToTheAppThatTaughtThem_UntilItForgetsThem()
    {
        await using var client = await host.ConnectAsync("teacher");
        await using var other = await host.ConnectAsync("stranger");
        await client.Vision.TeachAsync(new TeachImageRequest { Classifier = "things", Label = "portrait", Image = Photo("astronaut.jpg") });
        var taught = await client.Vision.TeachAsync(new TeachImageRequest { Classifier = "things", Label = "page", Image = Photo("page.jpg") });

        var portrait = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Photo("astronaut.jpg"), Classifier = "things" });
        var page = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Photo("page.jpg"), Classifier = "things" });
        var nothing = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Bitmaps.Of(64, 64, (x, y) => (x / 8 % 2 == y / 8 % 2 ? ((byte)255, (byte)0, (byte)200) : ((byte)0, (byte)255, (byte)0))), Classifier = "things" });

        Assert.Equal(["page", "portrait"], taught.Classifier.Labels.Select(static label => label.Label).Order());
        Assert.Equal(("portrait", "page", "unknown"), (portrait.Labels[0].Label, page.Labels[0].Label, nothing.Labels[0].Label));
        var unseen = await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Photo("page.jpg"), Classifier = "things" }));
        Assert.Equal(ErrorCode.NotFound, unseen.Code);

        await client.Vision.ForgetAsync(new ForgetImagesRequest { Classifier = "things" });
        var forgotten = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Photo("page.jpg"), Classifier = "things" }));
        Assert.Equal(ErrorCode.NotFound, forgotten.Code);
    }

    [ModelsFact]
    public async Task Classes_AreTrainedAfterTheAnswer_CorrectedByAnAnswer_AndRolledBack()
    {
        await using var client = await host.ConnectAsync("trainer");
        for (var i = 0; i < 3; i++)
        {
            await TeachAsync("bars", Bars(i));
            await TeachAsync("rings", Rings(i));
        }

        var first = await TrainedAsync(versions: 1);
        Assert.Equal(("1.0.0-local.1", true, "1.0.0-local.1", TaughtVersionState.Serving, 6), (first.Version, first.IsTrained, first.Versions[0].Version, first.Versions[0].State, first.Versions[0].Examples));
        Assert.True(first.Accuracy >= first.Versions[0].BaselineAccuracy, $"{first.Accuracy} after {first.Versions[0].BaselineAccuracy}");

        var answer = await ClassifyAsync(Bars(3));
        Assert.Equal("patterns@1.0.0-local.1", answer.Models[^1]);
        Assert.True(Rank(answer, "bars") < Rank(answer, "rings"), Show(answer));

        // Without its picture, and known before any training.
        var corrected = await client.Vision.CorrectAsync(new CorrectImageRequest { Classifier = "patterns", Label = "bars", Answer = answer.Answer });
        Assert.Equal([("bars", 4), ("rings", 3)], corrected.Classifier.Labels.Select(static label => (label.Label, label.Examples)));
        Assert.Equal("bars", (await ClassifyAsync(Bars(3))).Labels[0].Label);
        var second = await TrainedAsync(versions: 2);
        Assert.Equal(("1.0.0-local.2", 7), (second.Version, second.Versions[0].Examples));
        Assert.Equal(["1.0.0-local.2", "1.0.0-local.1"], second.Versions.Select(static version => version.Version));

        var back = await client.Vision.RollBackAsync(new RollBackClassifierRequest { Classifier = "patterns" });
        Assert.Equal(("1.0.0-local.2", "1.0.0-local.1"), (back.From, back.Classifier.Version));
        Assert.Equal([TaughtVersionState.RolledBack, TaughtVersionState.Serving], back.Classifier.Versions.Select(static version => version.State));
        Assert.Equal("patterns@1.0.0-local.1", (await ClassifyAsync(Rings(4))).Models[^1]);

        async Task TeachAsync(string label, byte[] image) => await client.Vision.TeachAsync(new TeachImageRequest { Classifier = "patterns", Label = label, Image = image });

        async Task<ClassifyImageResponse> ClassifyAsync(byte[] image) => await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Classifier = "patterns", Image = image });

        Task<TaughtClassifierInfo> TrainedAsync(int versions) => Until.HoldsAsync(
            $"{versions} versions and no training that is still to come",
            async () => Assert.Single((await client.Vision.ListClassifiersAsync()).Classifiers),
            classifier => !classifier.IsTraining && classifier.Versions.Count >= versions,
            static classifier => $"{classifier.Version}, training: {classifier.IsTraining}, versions: {string.Join(", ", classifier.Versions.Select(static version => $"{version.Version} {version.State}"))}",
            () => host.Process.Output);
    }

    [ModelsFact]
    public async Task Place_OfAPortrait_IsUnknown()
    {
        await using var client = await host.ConnectAsync();

        var answer = await client.Vision.RecognizeSceneAsync(new RecognizeSceneRequest { Image = Photo("astronaut.jpg") });

        Assert.Equal("unknown", answer.Labels[0].Label);
        Assert.Null(answer.Setting);
    }

    private static int Rank(ClassifyImageResponse answer, string label) => answer.Labels.Index().First(entry => entry.Item.Label == label).Index;

    private static string Show(ClassifyImageResponse answer) => string.Join(", ", answer.Labels.Select(static label => $"{label.Label} {label.Confidence:F2}"));

    // Upright bars and rings around the middle: of another width and another colour each.
    private static byte[] Bars(int number) => Bitmaps.Of(160, 160, (x, _) => x / (8 + number) % 2 == 0 ? ((byte)(40 * number), (byte)30, (byte)120) : ((byte)240, (byte)220, (byte)200));

    private static byte[] Rings(int number)
        => Bitmaps.Of(160, 160, (x, y) => (int)double.Hypot(x - 80, y - 80) / (8 + number) % 2 == 0 ? ((byte)(40 * number), (byte)30, (byte)120) : ((byte)240, (byte)220, (byte)200));

    private static byte[] Photo(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", name));
}
