using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Summaries;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Serves <c>health.chart</c>.</summary>
[Capability(HealthMethods.Chart, Summary = "Draws a chart of a day, a week or a month of a person's readings as PNG.", Example = """{"kind":"glucose","period":"week"}""")]
internal sealed class ChartHandler(SampleStore store, ChartMaker maker, ChartRenderer renderer, HealthTexts texts, HealthOptions options, TimeProvider time)
    : CapabilityHandler<ChartHealthRequest, ChartHealthResponse>
{
    public override async ValueTask<ChartHealthResponse> HandleAsync(ChartHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var size = renderer.SizeOf(request.Width, request.Height, request.Scale);
        var (types, unit) = (ChartKinds.TypesOf(request.Kind), request.Unit ?? ChartKinds.UnitOf(request.Kind));
        foreach (var type in types) DataGrants.CheckRead(context, type);
        _ = UnitTable.ToKept(ChartKinds.QuantityOf(request.Kind), 1, unit);
        var until = request.Until ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var from = PeriodDays.StartOf(request.Period, until);
        var samples = await store.ReadAsync(
            request.Person, from - (long)TimeSpan.FromDays(ChartKinds.DaysBefore(request.Kind)).TotalMilliseconds, until, [.. types.Select(static type => SampleTypes.All[type])], options.MaxSummarySamples, context, cancellationToken)
            .ConfigureAwait(false);
        var input = new ChartInput(
            samples.Where(static sample => sample.Flag is null).ToLookup(static sample => sample.Type.Name, StringComparer.Ordinal),
            request.Kind, request.Period, from, until, request.UtcOffsetMinutes, request.Sources, unit, request.Width, language, texts);
        var made = maker.Make(input)
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"There are no readings of {string.Join(" or ", types)} from {DateTimeOffset.FromUnixTimeMilliseconds(from):yyyy-MM-dd HH:mm} to {DateTimeOffset.FromUnixTimeMilliseconds(until):yyyy-MM-dd HH:mm} UTC. Record or import some, or ask for another 'until' or a longer 'period'.");
        var image = await renderer.RenderAsync(made.Chart, size, request.Theme, cancellationToken).ConfigureAwait(false);
        return new ChartHealthResponse
        {
            Png = image.Png,
            Width = size.PixelWidth,
            Height = size.PixelHeight,
            From = from,
            Until = until,
            Readings = made.Readings,
            Text = input.Text("chart.text", ("title", made.Chart.Title), ("from", input.Written(from)), ("until", input.Written(until)), ("count", made.Readings), ("values", made.Values), ("unit", input.UnitName)),
            Points = ChartValues.Of(made.Line, request.Points),
        };
    }
}
