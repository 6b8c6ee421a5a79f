using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Vision.Tests.Scenes;

/// <summary>Places and taught classes by real weights, as apps see them.</summary>
[Collection(nameof(VisionModels))]
public sealed class ScenesAndTeachingTests(VisionModels models)
{
    private const string Pictures = "testdata/vision";

    [RealModelsFact(VisionModels.Plugin, Pictures)]
    public async Task RecognizeScene_SharedPictures_IsThePlaceOrUnknown()
    {
        await using var host = await StartAsync();

        var valley = await host.CallAsync<RecognizeSceneRequest, RecognizeSceneResponse>(VisionMethods.RecognizeScene, new RecognizeSceneRequest { Image = Shared("mountain-valley.jpg") });
        var cup = await host.CallAsync<RecognizeSceneRequest, RecognizeSceneResponse>(VisionMethods.RecognizeScene, new RecognizeSceneRequest { Image = Shared("coffee-cup.jpg"), TopK = 1 });

        Assert.Equal(("mountain", "outdoor", 3), (valley.Labels[0].Label, valley.Setting, valley.Labels.Count));
        Assert.Equal(["det-centernet", "vision-scenes"], valley.Models.Select(static model => model.Split('@')[0]));
        Assert.Equal(("unknown", null, 1), (cup.Labels[0].Label, cup.Setting, cup.Labels.Count));
        foreach (var picture in new[] { "ocr-english-12pt.png", "ocr-book-page-photo.png", "two-dogs.jpg", "two-men-portrait.jpg" })
        {
            var found = await host.CallAsync<RecognizeSceneRequest, RecognizeSceneResponse>(VisionMethods.RecognizeScene, new RecognizeSceneRequest { Image = Shared(picture) });
            Assert.Equal((picture, "unknown"), (picture, found.Labels[0].Label));
        }
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task Teach_TwoClasses_AreKnownAtOnce_CorrectedAndForgotten()
    {
        await using var host = await StartAsync();

        await TeachAsync(host, "person", "astronaut.jpg");
        var taught = await TeachAsync(host, "text", "page.jpg");
        var found = await ClassifyAsync(host, "page.jpg");
        var corrected = await TeachAsync(host, "paper", "page.jpg");
        var renamed = await ClassifyAsync(host, "page.jpg");
        var listed = await host.CallAsync<ClassifiersRequest, ClassifiersResponse>(VisionMethods.Classifiers, new ClassifiersRequest());
        var forgotten = await host.CallAsync<ForgetImagesRequest, ForgetImagesResponse>(VisionMethods.Forget, new ForgetImagesRequest { Classifier = "things" });
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ClassifyAsync(host, "page.jpg"));

        Assert.Equal([("person", 1), ("text", 1)], taught.Classifier.Labels.Select(static label => (label.Label, label.Examples)));
        Assert.Equal(("text", "things"), (found.Labels[0].Label, found.Classifier));
        Assert.Contains(found.Labels, static label => label.Label == "unknown");
        Assert.Equal(("text", "paper"), (corrected.Corrected, renamed.Labels[0].Label));
        Assert.Equal(("1.0.0-local.0", false), (Assert.Single(listed.Classifiers).Version, listed.Classifiers[0].IsTraining));
        Assert.True(forgotten.WasKnown);
        Assert.Equal(ErrorCode.NotFound, error.Code);

        // What was taught with the first version of the head still holds: later ones make the same vectors.
        Assert.EndsWith("+vision-scenes@1.0.0", listed.Classifiers[0].Model, StringComparison.Ordinal);
        Assert.Contains("vision-scenes@1.1.0", found.Models);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task Correct_AnAnswer_WithoutItsPicture_IsKnownAtOnce()
    {
        await using var host = await StartAsync();
        await TeachAsync(host, "person", "astronaut.jpg");
        await TeachAsync(host, "text", "page.jpg");

        var answer = await ClassifyAsync(host, "prints.jpg");
        var corrected = await CorrectAsync(host, new CorrectImageRequest { Classifier = "things", Label = "print", Answer = answer.Answer });
        var known = await ClassifyAsync(host, "prints.jpg");
        var again = await CorrectAsync(host, new CorrectImageRequest { Classifier = "things", Label = "dog", Image = Sample("prints.jpg") });

        Assert.Equal(("print", (string?)null, "print"), (known.Labels[0].Label, corrected.Corrected, again.Corrected));
        Assert.Equal("things@1.0.0-local.0", known.Models[^1]);
        foreach (var (request, code) in new[]
        {
            (new CorrectImageRequest { Classifier = "others", Label = "dog", Answer = answer.Answer }, ErrorCode.NotFound),
            (new CorrectImageRequest { Classifier = "things", Label = "dog", Answer = "0123456789abcdef" }, ErrorCode.NotFound),
            (new CorrectImageRequest { Classifier = "things", Label = "dog" }, ErrorCode.InvalidArgument),
        })
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<EdgeHostException>(() => CorrectAsync(host, request))).Code);
        }
    }

    [RealModelsTheory(VisionModels.Plugin)]
    [InlineData("No Name", "cup")]
    [InlineData("things", " ")]
    [InlineData("things", "unknown")]
    public async Task Teach_NamesThatCannotBe_AreRefused(string classifier, string label)
    {
        await using var host = await StartAsync();
        var request = new TeachImageRequest { Classifier = classifier, Label = label, Image = Sample("page.jpg") };

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<TeachImageRequest, TeachImageResponse>(VisionMethods.Teach, request));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private Task<PluginTestHost> StartAsync() => PluginTestHost.StartAsync(new VisionPlugin(), new PluginTestOptions { Models = models.Provider });

    private static Task<TeachImageResponse> TeachAsync(PluginTestHost host, string label, string photo)
        => host.CallAsync<TeachImageRequest, TeachImageResponse>(VisionMethods.Teach, new TeachImageRequest { Classifier = "things", Label = label, Image = Sample(photo), Train = false });

    private static Task<CorrectImageResponse> CorrectAsync(PluginTestHost host, CorrectImageRequest request)
        => host.CallAsync<CorrectImageRequest, CorrectImageResponse>(VisionMethods.Correct, request);

    private static Task<ClassifyImageResponse> ClassifyAsync(PluginTestHost host, string photo)
        => host.CallAsync<ClassifyImageRequest, ClassifyImageResponse>(VisionMethods.ClassifyImage, new ClassifyImageRequest { Classifier = "things", Image = Sample(photo) });

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", name));

    private static byte[] Shared(string name) => File.ReadAllBytes(Repository.FindShared($"{Pictures}/{name}")!);
}
