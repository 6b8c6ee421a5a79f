using System.Text.Json;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Tests.Imaging;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The pictures of samples/Photos read with the real models give what their expected.json says.</summary>
[Collection(nameof(VisionModels))]
public sealed class SamplePhotosTests(VisionModels models) : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "Photos");

    private readonly VisionPipelines _vision = new();

    public static TheoryData<string> Photos
    {
        get
        {
            using var expected = ReadExpected();
            return new(expected.RootElement.EnumerateObject().Select(static photo => photo.Name));
        }
    }

    public void Dispose() => _vision.Dispose();

    [RealModelsTheory(VisionModels.Plugin)]
    [MemberData(nameof(Photos))]
    public async Task DetectAsync_SamplePhoto_FindsExactlyTheExpectedFaces(string photo)
    {
        using var expected = ReadExpected();
        var entry = expected.RootElement.GetProperty(photo);
        var boxes = entry.GetProperty("faces").EnumerateArray()
            .Select(static box => box.EnumerateArray().Select(static side => side.GetDouble()).ToArray()).ToArray();

        var found = await _vision.Faces.DetectAsync(Read(photo), FaceRange.Auto, null, models.Provider, default);

        Assert.Equal((entry.GetProperty("width").GetInt32(), entry.GetProperty("height").GetInt32()), (found.Width, found.Height));
        Assert.Equal(boxes.Length, found.Faces.Count);
        Assert.All(boxes, box => Assert.Contains(found.Faces, face => Accuracy.Overlap(face, box) >= 0.7));
        Assert.All(found.Faces, static face => Assert.True(face.Landmarks[0].X < face.Landmarks[1].X && face.Landmarks[0].Y < face.Landmarks[3].Y));
        Assert.Equal("face-back", found.Model!.Id);
    }

    [RealModelsTheory(VisionModels.Plugin)]
    [MemberData(nameof(Photos))]
    public async Task ReadAsync_SamplePhoto_ReadsExactlyTheExpectedLines(string photo)
    {
        using var expected = ReadExpected();
        var lines = ExpectedLines(expected, photo);

        var page = await _vision.Reader.ReadAsync(Read(photo), models.Provider, default);

        Assert.Equal(lines, page.Lines.Select(static line => line.Text));
        Assert.Equal(string.Join('\n', lines), page.Text);
        Assert.All(page.Lines, static line => Assert.InRange(line.Confidence, 0.8f, 1f));
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task ReadAsync_Page_PutsPolygonsRoundTheLines()
    {
        var page = await _vision.Reader.ReadAsync(Read("page.jpg"), models.Provider, default);

        // The heading as drawn, by eye.
        var heading = page.Lines[0].Polygon;
        Assert.InRange(heading.TopLeft.X, 145, 165);
        Assert.InRange(heading.TopLeft.Y, 100, 125);
        Assert.InRange(heading.BottomRight.X, 615, 640);
        Assert.InRange(heading.BottomRight.Y, 135, 160);
        Assert.Equal(["ocr-det", "ocr-cls", "ocr-rec"], page.Models.Select(static model => model.Id));
    }

    [RealModelsTheory(VisionModels.Plugin)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task ReadAsync_PageStoredTurned_ReadsTheSameThroughItsOrientation(byte orientation)
    {
        using var expected = ReadExpected();
        using var upright = SKBitmap.Decode(Read("page.jpg")).Copy(SKColorType.Rgba8888);
        using var stored = TestPictures.Stored(upright, orientation);
        var file = JpegFile.WithOrientation(TestPictures.Encode(stored, SKEncodedImageFormat.Jpeg, 90), orientation);

        var page = await _vision.Reader.ReadAsync(file, models.Provider, default);

        Assert.Equal((1200, 900), (page.Width, page.Height));
        AssertNearlyEqual(ExpectedLines(expected, "page.jpg"), page.Lines);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task ReadAsync_PageUpsideDown_ReadsEveryLineAndSaysSo()
    {
        using var expected = ReadExpected();
        using var upright = SKBitmap.Decode(Read("page.jpg")).Copy(SKColorType.Rgba8888);
        using var turned = TestPictures.Stored(upright, 3);

        var page = await _vision.Reader.ReadAsync(TestPictures.Encode(turned, SKEncodedImageFormat.Jpeg, 90), models.Provider, default);

        AssertNearlyEqual(ExpectedLines(expected, "page.jpg").Reverse(), page.Lines);
        Assert.All(page.Lines, static line => Assert.True(line.IsUpsideDown));
        Assert.All(page.Lines, static line => Assert.True(line.Polygon.TopLeft.X > line.Polygon.TopRight.X));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 400)]
    public async Task BothPipelines_PictureTooSmallForAnything_FindNothingAndLoadNothing(int width, int height)
    {
        var file = TestPictures.Encode(width, height, SKEncodedImageFormat.Png);

        var page = await _vision.Reader.ReadAsync(file, new NoModels(), default);
        var faces = await _vision.Faces.DetectAsync(file, FaceRange.Near, null, new NoModels(), default);

        Assert.Equal((string.Empty, 0, 0), (page.Text, page.Lines.Count, page.Models.Count));
        Assert.Empty(faces.Faces);
        Assert.Equal((width, height), (faces.Width, faces.Height));
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task DetectAsync_MinConfidence_ReplacesTheOwnThreshold()
    {
        var sure = await _vision.Faces.DetectAsync(Read("prints.jpg"), FaceRange.Far, 0.9f, models.Provider, default);
        var guesses = await _vision.Faces.DetectAsync(Read("prints.jpg"), FaceRange.Far, 0.1f, models.Provider, default);

        Assert.Equal(2, sure.Faces.Count);
        Assert.True(guesses.Faces.Count > 3);
        Assert.Equal(guesses.Faces.OrderByDescending(static face => face.Confidence), guesses.Faces);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task DetectAsync_Near_UsesTheSmallNetwork()
    {
        var found = await _vision.Faces.DetectAsync(Read("astronaut.jpg"), FaceRange.Near, null, models.Provider, default);

        Assert.Equal("face-front", found.Model!.Id);
        Assert.True(Accuracy.Overlap(Assert.Single(found.Faces), [175, 77, 275, 177]) >= 0.7);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task BothPipelines_Cancelled_StopAndKeepNoMemory()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _vision.Reader.ReadAsync(Read("page.jpg"), models.Provider, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _vision.Faces.DetectAsync(Read("page.jpg"), FaceRange.Far, null, models.Provider, cancelled.Token));
    }

    private static void AssertNearlyEqual(IEnumerable<string> expected, IReadOnlyList<RecognizedLine> lines)
    {
        var wanted = Accuracy.WithoutSpaces(string.Concat(expected));
        var error = Accuracy.CharacterErrorRate(wanted, Accuracy.WithoutSpaces(string.Concat(lines.Select(static line => line.Text))));
        Assert.True(error <= 0.02, $"{error:P1} of the characters are wrong:\n{string.Join('\n', lines.Select(static line => line.Text))}");
    }

    private static string[] ExpectedLines(JsonDocument expected, string photo)
        => [.. expected.RootElement.GetProperty(photo).GetProperty("lines").EnumerateArray().Select(static line => line.GetString()!)];

    private static JsonDocument ReadExpected() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));

    private static byte[] Read(string photo) => File.ReadAllBytes(Path.Combine(Folder, photo));
}
