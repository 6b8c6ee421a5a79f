using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Serves <c>health.forecast_glucose</c>.</summary>
[Capability(HealthMethods.ForecastGlucose, Summary = "Forecasts a person's glucose 30 minutes ahead, with an interval, beside the last value.", Example = """{"person":"self"}""")]
internal sealed class ForecastGlucoseHandler(SampleReader reader, SampleStore store, HealthOptions options, TimeProvider time)
    : CapabilityHandler<ForecastGlucoseRequest, ForecastGlucoseResponse>
{
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(90);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(GlucoseForecaster.SlotMinutes * GlucoseForecaster.Ahead);

    public override async ValueTask<ForecastGlucoseResponse> HandleAsync(ForecastGlucoseRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var samples = request.Samples is { } given ? Given(given) : await KeptAsync(request.Person, context, cancellationToken).ConfigureAwait(false);
        var forecaster = new GlucoseForecaster();
        Sample? last = null;
        foreach (var sample in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (forecaster.Add(new GlucoseReading(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time), sample.Value))) last = sample;
        }

        if (last is null || forecaster.Forecast() is not { } forecast)
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"A forecast needs the glucose of the last hour, {GlucoseForecaster.Needed} readings five minutes apart without a hole; the {samples.Count} readings do not have it.");
        double Shown(double value) => UnitTable.FromKept(HealthQuantity.Glucose, value, request.Unit);
        return new ForecastGlucoseResponse
        {
            Value = Shown(forecast.Value),
            Low = Shown(forecast.Low),
            High = Shown(forecast.High),
            Unit = request.Unit,
            Time = last.Time + (long)Ahead.TotalMilliseconds,
            LastValue = Shown(last.Value),
            LastTime = last.Time,
            Examples = forecast.Examples,
        };
    }

    private List<Sample> Given(IReadOnlyList<HealthSample> given)
    {
        if (given.FirstOrDefault(static sample => sample.Type != SampleTypes.Glucose.Name) is { } other) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The samples have '{other.Type}'; a forecast takes glucose alone.");
        var (samples, flagged) = reader.Read(given, options.Language);
        return flagged.Count == 0 ? [.. samples.OrderBy(static sample => sample.Time)] : throw new EdgeHostException(ErrorCode.InvalidArgument, $"samples[{flagged[0].Index}]: {flagged[0].Text}");
    }

    private async Task<List<Sample>> KeptAsync(string person, CapabilityContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = await store.ReadAsync(
            person, (now - LooksBack).ToUnixTimeMilliseconds(), now.AddHours(1).ToUnixTimeMilliseconds(), SampleTypes.Glucose.Name, options.MaxSummarySamples, context, cancellationToken).ConfigureAwait(false);
        List<Sample> samples = [.. kept.Where(static sample => sample.Flag is null)];
        if (samples.Count > 0 && now - DateTimeOffset.FromUnixTimeMilliseconds(samples[^1].Time) is var age && age >= Ahead)
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The newest glucose is {age.TotalMinutes:0} minutes old; a forecast of 30 minutes from it lies in the past. Record newer readings.");
        return samples;
    }
}
