using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Painting;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Draws charts, a few at a time, so that their pictures never fill the memory. Thread-safe.</summary>
internal sealed class ChartRenderer(ChartPainter painter, HealthOptions options) : IDisposable
{
    private const int AtATime = 2;

    private readonly SemaphoreSlim _turns = new(AtATime);

    public void Dispose() => _turns.Dispose();

    /// <summary>The size that was asked for.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is out of range, or too large for this host.</exception>
    public ChartSize SizeOf(int width, int height, double scale)
    {
        var size = new ChartSize(width, height, scale);
        return size.Pixels <= options.MaxChartPixels
            ? size
            : throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"A chart of {width} x {height} points at {scale} pixels a point has {size.Pixels} pixels; at most {options.MaxChartPixels} are drawn. Ask for a smaller one; the plugin's setting 'health:max_chart_pixels' is the limit.");
    }

    /// <summary>Draws a chart, when it is its turn.</summary>
    /// <param name="chart">What it shows.</param>
    /// <param name="size">How large.</param>
    /// <param name="theme">In which colours.</param>
    /// <param name="cancellationToken">Ends the waiting and the drawing.</param>
    public async Task<ChartImage> RenderAsync(Chart chart, ChartSize size, HealthChartTheme theme, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return painter.Paint(chart, size, theme == HealthChartTheme.Dark ? ChartTheme.Dark : ChartTheme.Light, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }
}
