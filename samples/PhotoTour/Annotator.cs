using EdgeHost.Capabilities.Vision;
using SkiaSharp;

namespace PhotoTour;

/// <summary>Draws what was found into a picture. Every stroke has a dark edge, so it shows on any background.</summary>
internal sealed class Annotator : IDisposable
{
    private static readonly SKColor FaceColor = new(0x4C, 0xE0, 0xB3);
    private static readonly SKColor TextColor = new(0xFF, 0xC8, 0x57);
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly float _unit;

    private Annotator(SKBitmap bitmap)
    {
        _bitmap = bitmap;
        _canvas = new SKCanvas(bitmap);
        _unit = Math.Max(1f, Math.Max(bitmap.Width, bitmap.Height) / 400f);
    }

    public static Annotator Open(byte[] image)
    {
        var bitmap = SKBitmap.Decode(image) ?? throw new InvalidDataException("The picture cannot be decoded.");
        return new Annotator(bitmap);
    }

    public void DrawFaces(IReadOnlyList<Face> faces)
    {
        foreach (var face in faces)
        {
            var box = SKRect.Create((float)face.Box.X, (float)face.Box.Y, (float)face.Box.Width, (float)face.Box.Height);
            Stroke(FaceColor, paint => _canvas.DrawRoundRect(box, 3 * _unit, 3 * _unit, paint));
            using var dot = new SKPaint { Color = FaceColor, IsAntialias = true };
            foreach (var landmark in face.Landmarks)
            {
                _canvas.DrawCircle((float)landmark.X, (float)landmark.Y, 1.5f * _unit, dot);
            }
        }
    }

    public void DrawLines(IReadOnlyList<TextLine> lines)
    {
        foreach (var line in lines)
        {
            SKPoint[] corners = [.. line.Polygon.Append(line.Polygon[0]).Select(p => new SKPoint((float)p.X, (float)p.Y))];
            Stroke(TextColor, paint => _canvas.DrawPoints(SKPointMode.Polygon, corners, paint));
        }
    }

    public void Save(string path)
    {
        _canvas.Flush();
        using var file = File.Create(path);
        if (!_bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 90)) throw new IOException($"The picture could not be written to {path}.");
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private void Stroke(SKColor color, Action<SKPaint> draw)
    {
        using var edge = new SKPaint { Color = SKColors.Black.WithAlpha(160), IsStroke = true, StrokeWidth = 2.2f * _unit, IsAntialias = true };
        using var line = new SKPaint { Color = color, IsStroke = true, StrokeWidth = 1.2f * _unit, IsAntialias = true };
        draw(edge);
        draw(line);
    }
}
