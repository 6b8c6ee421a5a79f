using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>Serves <c>vision.recognize_text</c>.</summary>
[Capability(
    VisionMethods.RecognizeText,
    Summary = "Reads the text in a picture, English and Chinese, in reading order.",
    Example = """{"image":"@page.jpg"}""",
    Models = [TextDetector.ModelId, DirectionClassifier.ModelId, LineRecognizer.ModelId])]
internal sealed class RecognizeTextHandler(PageReader reader) : CapabilityHandler<RecognizeTextRequest, RecognizeTextResponse>
{
    public override async ValueTask<RecognizeTextResponse> HandleAsync(
        RecognizeTextRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var page = await reader.ReadAsync(request.Image, context.Models, cancellationToken).ConfigureAwait(false);
        return new RecognizeTextResponse
        {
            Text = page.Text,
            Lines = [.. page.Lines.Select(ToLine)],
            Width = page.Width,
            Height = page.Height,
            Models = [.. page.Models.Select(static model => $"{model.Id}@{model.Version}")],
        };
    }

    private static TextLine ToLine(RecognizedLine line) => new()
    {
        Text = line.Text,
        Confidence = Math.Clamp(line.Confidence, 0, 1),
        Polygon = ToPolygon(line.Polygon),
        Rotated180 = line.IsUpsideDown,
    };

    private static Point[] ToPolygon(Quad quad)
        => Array.ConvertAll([quad.TopLeft, quad.TopRight, quad.BottomRight, quad.BottomLeft], static corner => new Point(corner.X, corner.Y));
}
