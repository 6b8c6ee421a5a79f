using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Sensors;

/// <summary>Serves <c>health.record_ble</c>.</summary>
[Capability(
    HealthMethods.RecordBle,
    Summary = "Keeps what a Bluetooth sensor has sent (heart rate, glucose, blood pressure, oximeter, thermometer, scale), decoded from its bytes.",
    Example = """{"device":"chest strap","notifications":[{"characteristic":"2A37","value":"16 48 00 04","time":1700000000000}]}""")]
internal sealed class RecordBleHandler(SampleReader reader, SampleStore store, HealthTexts texts, HealthOptions options) : CapabilityHandler<RecordBleRequest, RecordBleResponse>
{
    public override async ValueTask<RecordBleResponse> HandleAsync(RecordBleRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (string.IsNullOrWhiteSpace(request.Device)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The device's name is empty; it tells one sensor's readings from another's.");
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var values = new SensorValues(request);
        for (var i = 0; i < request.Notifications.Count; i++)
        {
            values.Add(i);
            if (values.Readings.Count > options.MaxSamples)
            {
                throw new EdgeHostException(
                    ErrorCode.InvalidArgument, $"The notifications have more than {options.MaxSamples} readings. Send them in several calls, or raise the plugin's setting 'health:max_samples'.");
            }
        }

        var (samples, flagged) = reader.Read([.. values.Readings.Select(static reading => reading.Sample)], language);
        for (var i = 0; i < samples.Count; i++) samples[i] = samples[i] with { Identity = values.Readings[i].Identity };
        var (accepted, duplicates) = samples.Count > 0 ? await store.AddAsync(request.Person, samples, context, goesOn: false, cancellationToken).ConfigureAwait(false) : (0, 0);
        return new RecordBleResponse
        {
            Accepted = accepted,
            Duplicates = duplicates,
            Flagged = [.. flagged.Select(one => new FlaggedReading { Index = values.Readings[one.Index].Notification, Reason = one.Reason, Text = one.Text })],
            Skipped = [.. values.Skipped.Select(one => new SkippedNotification { Index = one.Notification, Reason = one.Reason, Text = texts.Get(language, "skip." + one.Reason) })],
            Contexts = values.Contexts,
        };
    }
}
