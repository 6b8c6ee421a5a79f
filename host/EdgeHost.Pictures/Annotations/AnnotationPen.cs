using System.Numerics;
using SkiaSharp;

namespace EdgeHost.Pictures.Annotations;

/// <summary>Draws annotations on a canvas: every line has a dark or light rim, every name a box of its own, so that both are seen on any background. Not thread-safe.</summary>
internal sealed class AnnotationPen : IDisposable
{
    // A two-hundredth of the short side: three pixels on a photo of 600 rows.
    private const float LineShare = 1f / 200;
    private const float TextShare = 1f / 32;
    private const float LeastText = 12;
    private const float MostText = 56;
    private const int MostMoves = 40;

    private readonly SKCanvas _canvas;
    private readonly int _width;
    private readonly int _height;
    private readonly float _line;
    private readonly LabelFont _font;
    private readonly SKPaint _paint = new() { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
    private readonly List<SKRect> _taken = [];

    public AnnotationPen(SKCanvas canvas, int width, int height)
    {
        (_canvas, _width, _height) = (canvas, width, height);
        var side = Math.Min(width, height);
        _line = Math.Max(2, side * LineShare);
        _font = new LabelFont(Math.Clamp(side * TextShare, LeastText, MostText));
    }

    /// <summary>Draws the outline, the points and the lines between them.</summary>
    public void DrawShapes(Annotation annotation)
    {
        var colour = Palette.ColourOf(annotation.Name);
        using var lines = new SKPathBuilder();
        if (annotation.Outline.Count > 1) lines.AddPoly([.. annotation.Outline.Select(ToPoint)], close: true);
        foreach (var (from, to) in annotation.Links)
        {
            lines.MoveTo(ToPoint(annotation.Points[from]));
            lines.LineTo(ToPoint(annotation.Points[to]));
        }

        using var path = lines.Detach();
        Stroke(path, Palette.RimOf(colour), _line * 2);
        Stroke(path, colour, _line);
        foreach (var point in annotation.Points)
        {
            Dot(point, Palette.RimOf(colour), _line * 1.9f);
            Dot(point, colour, _line * 1.3f);
        }
    }

    /// <summary>Writes the name above what it belongs to, within the picture and beside the names that are there already.</summary>
    public void DrawName(Annotation annotation)
    {
        var text = string.Join(' ', new[] { annotation.Name, annotation.Remark }.Where(static part => !string.IsNullOrEmpty(part)));
        if (text.Length == 0) return;
        var padding = _font.Size / 4;
        var size = new SKSize(_font.Measure(text) + (2 * padding), _font.Height + padding);
        var box = Place(Anchor(annotation), size);
        var colour = Palette.ColourOf(annotation.Name);
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        _canvas.DrawRect(box, _paint);
        _paint.Color = Palette.RimOf(colour);
        _font.Draw(_canvas, text, box.Left + padding, box.Top + (padding / 2), _paint);
        _taken.Add(box);
    }

    public void Dispose()
    {
        _paint.Dispose();
        _font.Dispose();
    }

    private static SKPoint ToPoint(Vector2 at) => new(at.X, at.Y);

    private static Vector2 Anchor(Annotation annotation)
    {
        var all = annotation.Outline.Count > 0 ? annotation.Outline : annotation.Points;
        return all.Count == 0 ? Vector2.Zero : all.Aggregate(Vector2.Min);
    }

    private SKRect Place(Vector2 anchor, SKSize size)
    {
        var left = Math.Clamp(anchor.X - (_line / 2), 0, Math.Max(0, _width - size.Width));
        var top = anchor.Y - size.Height;
        if (top < 0) top = anchor.Y + _line;
        var box = Within(left, top, size);

        // Downwards past what is there; in a crowd names may lie on each other after all.
        for (var moves = 0; moves < MostMoves && _taken.FirstOrDefault(box.IntersectsWith) is { IsEmpty: false } other; moves++) box = Within(left, other.Bottom + 1, size);
        return box;
    }

    private SKRect Within(float left, float top, SKSize size)
    {
        var y = Math.Clamp(top, 0, Math.Max(0, _height - size.Height));
        return new SKRect(left, y, left + size.Width, y + size.Height);
    }

    private void Stroke(SKPath path, SKColor colour, float width)
    {
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeWidth = width;
        _paint.Color = colour;
        _canvas.DrawPath(path, _paint);
    }

    private void Dot(Vector2 at, SKColor colour, float radius)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        _canvas.DrawCircle(ToPoint(at), radius, _paint);
    }
}
