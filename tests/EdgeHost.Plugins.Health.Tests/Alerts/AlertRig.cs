using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>The plugin with a clock that the test moves, and the calls that tests of alerts make.</summary>
internal sealed class AlertRig : IAsyncDisposable
{
    private AlertRig(PluginTestHost host, FakeTimeProvider time) => (Host, Time) = (host, time);

    public PluginTestHost Host { get; }

    public FakeTimeProvider Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Starts at noon UTC.</summary>
    public static async Task<AlertRig> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
        return new AlertRig(await HealthHost.StartAsync(time, settings), time);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Records values of a type, the last one now and the others every so many minutes before.</summary>
    public Task<RecordSamplesResponse> RecordAsync(string type, string unit, double minutes, params double[] values) => RecordAsync(
        [.. values.Select((value, i) => new HealthSample { Type = type, Value = value, Unit = unit, Time = Now.AddMinutes(minutes * (i - values.Length + 1)).ToUnixTimeMilliseconds(), Source = "rig" })]);

    public Task<RecordSamplesResponse> RecordAsync(IReadOnlyList<HealthSample> samples)
        => Host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest { Samples = samples });

    /// <summary>Glucose every five minutes, the last one now.</summary>
    public Task<RecordSamplesResponse> GlucoseAsync(params double[] values) => RecordAsync("glucose", "mg/dL", 5, values);

    public async Task<IReadOnlyList<HealthAlert>> AlertsAsync(bool changes = false, long after = 0, string? language = null)
        => (await Host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { After = after, Follow = false, Changes = changes, Language = language }))).ReadItems<HealthAlert>();

    public Task<HealthAlertSettings> SetAsync(SetAlertSettingsRequest request) => Host.CallAsync<SetAlertSettingsRequest, HealthAlertSettings>(HealthMethods.SetAlertSettings, request);

    public Task<HealthAlertSettings> SetAsync(string rule, double? limit = null, bool? enabled = null, bool? breaksQuietHours = null, bool reset = false)
        => SetAsync(new SetAlertSettingsRequest { Rules = [new HealthAlertRuleChange { Rule = rule, Limit = limit, Enabled = enabled, BreaksQuietHours = breaksQuietHours, Reset = reset }] });

    public Task<HealthAlertSettings> SettingsAsync() => Host.CallAsync<AlertSettingsRequest, HealthAlertSettings>(HealthMethods.AlertSettings, new AlertSettingsRequest());

    public Task<SnoozeAlertsResponse> SnoozeAsync(int minutes, string? rule = null)
        => Host.CallAsync<SnoozeAlertsRequest, SnoozeAlertsResponse>(HealthMethods.SnoozeAlerts, new SnoozeAlertsRequest { Minutes = minutes, Rule = rule });

    public Task<AcknowledgeAlertResponse> AcknowledgeAsync(long id) => Host.CallAsync<AcknowledgeAlertRequest, AcknowledgeAlertResponse>(HealthMethods.AcknowledgeAlert, new AcknowledgeAlertRequest { Id = id });

    /// <summary>What a call refuses to do.</summary>
    public static async Task<string> RefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(call);
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        return error.Message;
    }
}
