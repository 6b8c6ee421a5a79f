using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>A diagram: boxes with arrows, bars, lines or slices, with words at them.</summary>
internal sealed class Diagram(SKTypeface typeface, Random random)
{
    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Of the picture.</param>
    public void Draw(SKCanvas canvas, SKSizeI size)
    {
        canvas.Clear(random.Paper());
        using var line = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = random.Between(1, 4), Color = random.Colour(random.Between(0, 60)) };
        using var fill = new SKPaint { IsAntialias = true };
        using var ink = new SKPaint { IsAntialias = true, Color = random.Colour(random.Between(0, 30)) };
        using var font = new SKFont(typeface, random.Between(9, 22));
        switch (random.Next(4))
        {
            case 0: DrawBoxes(canvas, size, line, fill, ink, font); break;
            case 1: DrawBars(canvas, size, line, fill); break;
            case 2: DrawLines(canvas, size, line); break;
            default: DrawSlices(canvas, size, line, fill); break;
        }

        canvas.DrawText($"{random.Word()} {random.Word()}", random.Between(0, size.Width / 2f), font.Size * 1.4f, SKTextAlign.Left, font, ink);
    }

    private void DrawBoxes(SKCanvas canvas, SKSizeI size, SKPaint line, SKPaint fill, SKPaint ink, SKFont font)
    {
        var before = random.Place(size);
        for (var i = random.Next(3, 12); i > 0; i--)
        {
            var centre = random.Place(size);
            canvas.DrawLine(before, centre, line);
            var box = SKRect.Create(centre.X - 40, centre.Y - 20, random.Between(50, 140), random.Between(25, 70));
            fill.Color = random.Colour(random.Between(70, 100));
            var corner = random.Happens(0.5) ? 0 : random.Between(4, 30);
            canvas.DrawRoundRect(box, corner, corner, fill);
            canvas.DrawRoundRect(box, corner, corner, line);
            canvas.DrawText(random.Word(), box.Left + 6, box.MidY, SKTextAlign.Left, font, ink);
            before = centre;
        }
    }

    private void DrawBars(SKCanvas canvas, SKSizeI size, SKPaint line, SKPaint fill)
    {
        var count = random.Next(3, 14);
        var width = size.Width * 0.85f / count;
        fill.Color = random.Colour(50);
        for (var i = 0; i < count; i++)
        {
            if (random.Happens(0.3)) fill.Color = random.Colour(random.Between(30, 70));
            var height = random.Between(0.05f, 0.8f) * size.Height;
            canvas.DrawRect((size.Width * 0.08f) + (i * width), (size.Height * 0.92f) - height, width * 0.75f, height, fill);
        }

        DrawAxes(canvas, size, line);
    }

    private void DrawLines(SKCanvas canvas, SKSizeI size, SKPaint line)
    {
        DrawAxes(canvas, size, line);
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            using var path = new SKPathBuilder();
            var y = random.Between(0.2f, 0.8f) * size.Height;
            path.MoveTo(size.Width * 0.08f, y);
            for (var x = size.Width * 0.1f; x < size.Width; x += size.Width * 0.04f)
            {
                y = Math.Clamp(y + random.Between(-0.08f * size.Height, 0.08f * size.Height), 0, size.Height);
                path.LineTo(x, y);
            }

            line.Color = random.Colour(random.Between(20, 60));
            using var outline = path.Detach();
            canvas.DrawPath(outline, line);
        }
    }

    private void DrawSlices(SKCanvas canvas, SKSizeI size, SKPaint line, SKPaint fill)
    {
        var radius = Math.Min(size.Width, size.Height) * random.Between(0.25f, 0.45f);
        var circle = SKRect.Create((size.Width / 2f) - radius, (size.Height / 2f) - radius, 2 * radius, 2 * radius);
        for (var angle = 0f; angle < 360;)
        {
            var part = random.Between(15, 120);
            fill.Color = random.Colour(random.Between(30, 80));
            canvas.DrawArc(circle, angle, Math.Min(part, 360 - angle), true, fill);
            angle += part;
        }

        canvas.DrawOval(circle, line);
    }

    private void DrawAxes(SKCanvas canvas, SKSizeI size, SKPaint line)
    {
        var (left, bottom) = (size.Width * 0.08f, size.Height * 0.92f);
        canvas.DrawLine(left, 0, left, bottom, line);
        canvas.DrawLine(left, bottom, size.Width, bottom, line);
        if (!random.Happens(0.5)) return;
        for (var y = bottom; y > 0; y -= size.Height * 0.12f) canvas.DrawLine(left, y, size.Width, y, line);
    }
}
