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
    public async Task Place_OfAPortrait_IsUnknown()
    {
        await using var client = await host.ConnectAsync();

        var answer = await client.Vision.RecognizeSceneAsync(new RecognizeSceneRequest { Image = Photo("astronaut.jpg") });

        Assert.Equal("unknown", answer.Labels[0].Label);
        Assert.Null(answer.Setting);
    }

    private static byte[] Photo(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", name));
}
