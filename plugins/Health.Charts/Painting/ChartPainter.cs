using EdgeHost.Plugins.Health.Charts.Fonts;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Draws charts. Needs the picture's pixels times 4 bytes while it draws one. Thread-safe.</summary>
public sealed class ChartPainter : IDisposable
{
    // Charts have large even areas, which are smallest without filters; more effort makes the file hardly smaller.
    private const int CompressionLevel = 6;

    private readonly ChartFont _font = new();

    /// <summary>The font of labels.</summary>
    public ChartFont Font => _font;

    /// <inheritdoc/>
    public void Dispose() => _font.Dispose();

    /// <summary>Draws a chart.</summary>
    /// <param name="chart">What it shows; at least one panel.</param>
    /// <param name="size">How large.</param>
    /// <param name="theme">In which colours.</param>
    /// <param name="cancellationToken">Stops it between two layers.</param>
    /// <exception cref="ArgumentException">The chart has no panel.</exception>
    public ChartImage Paint(Chart chart, ChartSize size, ChartTheme theme, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(theme);
        if (chart.Panels.Count == 0) throw new ArgumentException("A chart needs a panel.", nameof(chart));
        using var bitmap = new SKBitmap(new SKImageInfo(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var texts = new ChartTexts(_font);
        canvas.Clear(theme.Background);
        canvas.Scale((float)size.Scale);
        var layout = ChartLayout.Of(chart, size, texts);
        DrawHeader(chart, size, theme, texts, canvas);
        for (var i = 0; i < chart.Panels.Count; i++)
        {
            var panel = new PanelCanvas(canvas, layout.Frames[i], theme, texts, (float)size.Scale);
            DrawPanel(chart.Panels[i], panel, cancellationToken);
            if (i == chart.Panels.Count - 1) PanelGrid.DrawTicks(panel, texts, size);
        }

        DrawLegend(layout, new PanelCanvas(canvas, layout.Frames[0], theme, texts, (float)size.Scale), size, texts);
        canvas.Flush();
        cancellationToken.ThrowIfCancellationRequested();
        using var pixels = bitmap.PeekPixels();
        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, CompressionLevel)) ?? throw new InvalidOperationException("Writing a chart as PNG failed.");
        return new ChartImage(png.ToArray(), size, layout.Frames);
    }

    private static void DrawHeader(Chart chart, ChartSize size, ChartTheme theme, ChartTexts texts, SKCanvas canvas)
    {
        var width = size.Width - (2 * ChartLayout.Padding);
        texts.Draw(canvas, texts.Fit(chart.Title, width, ChartLayout.TitleText, isBold: true), ChartLayout.Padding, ChartLayout.TitleBaseline, SKTextAlign.Left, theme.Text, ChartLayout.TitleText, isBold: true);
        if (chart.Subtitle is { } subtitle)
            texts.Draw(canvas, texts.Fit(subtitle, width, ChartLayout.SubtitleText), ChartLayout.Padding, ChartLayout.SubtitleBaseline, SKTextAlign.Left, theme.Muted, ChartLayout.SubtitleText);
    }

    private static void DrawPanel(ChartPanel panel, PanelCanvas canvas, CancellationToken cancellationToken)
    {
        var frame = canvas.Frame;
        canvas.Canvas.Save();
        canvas.Canvas.ClipRect(new SKRect(frame.Left, frame.Top, frame.Right, frame.Bottom));
        foreach (var layer in panel.Layers.Where(static layer => layer.IsGround)) layer.Draw(canvas);
        PanelGrid.DrawLines(canvas, panel.Paper);
        PanelGrid.DrawEdges(canvas, panel.Layers);
        foreach (var layer in panel.Layers.Where(static layer => !layer.IsGround))
        {
            cancellationToken.ThrowIfCancellationRequested();
            layer.Draw(canvas);
        }

        canvas.Canvas.Restore();
        PanelGrid.DrawValues(canvas, panel.Layers);
    }

    private static void DrawLegend(ChartLayout layout, PanelCanvas canvas, ChartSize size, ChartTexts texts)
    {
        foreach (var entry in layout.Legend)
        {
            entry.Layer.DrawSign(canvas, entry.Left, entry.Top);
            var left = entry.Left + PanelCanvas.SignWidth + 5;
            canvas.Text(texts.Fit(entry.Layer.Name!, size.Width - ChartLayout.Padding - left, ChartLayout.SubtitleText), left, entry.Top + PanelCanvas.SignHeight - 1, SKTextAlign.Left, canvas.Theme.Text, ChartLayout.SubtitleText);
        }
    }
}
