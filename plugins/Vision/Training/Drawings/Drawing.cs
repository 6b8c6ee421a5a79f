using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>A drawing: outlines, painted shapes, figures of strokes, patterns.</summary>
internal sealed class Drawing(Random random)
{
    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Of the picture.</param>
    public void Draw(SKCanvas canvas, SKSizeI size)
    {
        canvas.Clear(random.Paper());
        switch (random.Next(5))
        {
            case 0: DrawPattern(canvas, size); break;
            case 1: DrawFigure(canvas, size); break;
            case 2: DrawShapes(canvas, size, isFilled: true); break;
            case 3: DrawShapes(canvas, size, isFilled: false); break;
            default: DrawStrokes(canvas, size); break;
        }
    }

    private SKPaint Pen(bool isFilled) => new()
    {
        IsAntialias = true,
        Style = isFilled ? SKPaintStyle.Fill : SKPaintStyle.Stroke,
        StrokeWidth = random.Between(1, 9),
        StrokeCap = SKStrokeCap.Round,
        Color = random.Colour(random.Between(5, isFilled ? 90 : 55)),
    };

    private void DrawShapes(SKCanvas canvas, SKSizeI size, bool isFilled)
    {
        for (var count = random.Next(1, 18); count > 0; count--)
        {
            using var pen = Pen(isFilled);
            var centre = random.Place(size);
            var (width, height) = (random.Between(0.05f, 0.4f) * size.Width, random.Between(0.05f, 0.4f) * size.Height);
            switch (random.Next(3))
            {
                case 0: canvas.DrawOval(centre.X, centre.Y, width, height, pen); break;
                case 1: canvas.DrawRect(centre.X, centre.Y, width, height, pen); break;
                default:
                    using (var path = new SKPathBuilder())
                    {
                        path.MoveTo(centre);
                        for (var corners = random.Next(2, 7); corners > 0; corners--) path.LineTo(centre.X + random.Between(-width, width), centre.Y + random.Between(-height, height));
                        path.Close();
                        using var outline = path.Detach();
                        canvas.DrawPath(outline, pen);
                    }

                    break;
            }
        }
    }

    private void DrawStrokes(SKCanvas canvas, SKSizeI size)
    {
        using var pen = Pen(isFilled: false);
        for (var count = random.Next(4, 40); count > 0; count--)
        {
            using var path = new SKPathBuilder();
            path.MoveTo(random.Place(size));
            for (var turns = random.Next(1, 5); turns > 0; turns--) path.QuadTo(random.Place(size), random.Place(size));
            using var outline = path.Detach();
            canvas.DrawPath(outline, pen);
            if (random.Happens(0.2)) pen.Color = random.Colour(40);
        }
    }

    // A head with two eyes, a body and limbs, as children draw them.
    private void DrawFigure(SKCanvas canvas, SKSizeI size)
    {
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            using var pen = Pen(isFilled: false);
            var (head, unit) = (random.Place(size), random.Between(0.05f, 0.16f) * size.Height);
            canvas.DrawCircle(head, unit, pen);
            canvas.DrawCircle(head.X - (unit * 0.35f), head.Y - (unit * 0.2f), unit * 0.1f, pen);
            canvas.DrawCircle(head.X + (unit * 0.35f), head.Y - (unit * 0.2f), unit * 0.1f, pen);
            canvas.DrawLine(head.X, head.Y + unit, head.X, head.Y + (3.5f * unit), pen);
            foreach (var (from, to) in new[] { (1.5f, 2.2f), (3.5f, 5.5f) })
            {
                foreach (var side in new[] { -1, 1 }) canvas.DrawLine(head.X, head.Y + (from * unit), head.X + (side * unit * random.Between(0.4f, 1.6f)), head.Y + (to * unit), pen);
            }
        }
    }

    private void DrawPattern(SKCanvas canvas, SKSizeI size)
    {
        using var pen = Pen(isFilled: true);
        var (width, height) = (random.Between(6, 70), random.Between(6, 70));
        var kind = random.Next(3);
        for (var row = 0; row * height < size.Height; row++)
        {
            for (var column = 0; column * width < size.Width; column++)
            {
                if (kind == 0 && (row + column) % 2 == 0) canvas.DrawRect(column * width, row * height, width, height, pen);
                if (kind == 1) canvas.DrawCircle((column + 0.5f) * width, (row + 0.5f) * height, Math.Min(width, height) * 0.35f, pen);
                if (kind == 2 && row % 2 == 0) canvas.DrawRect(column * width, row * height, width, height, pen);
            }
        }
    }
}
