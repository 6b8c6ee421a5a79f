namespace EdgeHost.Capabilities.Health;

/// <summary>Names of the health methods. An app needs a grant of its own for each (<c>edgehost apps grant APP METHOD</c>); a bare star does not grant them.</summary>
public static class HealthMethods
{
    /// <summary><see cref="AnalyzeEcgRequest"/> to <see cref="AnalyzeEcgResponse"/>.</summary>
    public const string AnalyzeEcg = "health.analyze_ecg";

    /// <summary><see cref="AnalyzeEcgStreamRequest"/> to <see cref="AnalyzeSignalStreamResponse"/>, duplex: <see cref="SignalChunk"/> in, <see cref="EcgStreamItem"/> out.</summary>
    public const string AnalyzeEcgStream = "health.analyze_ecg_stream";

    /// <summary><see cref="AnalyzePpgRequest"/> to <see cref="AnalyzePpgResponse"/>.</summary>
    public const string AnalyzePpg = "health.analyze_ppg";

    /// <summary><see cref="AnalyzePpgStreamRequest"/> to <see cref="AnalyzeSignalStreamResponse"/>, duplex: <see cref="SignalChunk"/> in, <see cref="PpgStreamItem"/> out.</summary>
    public const string AnalyzePpgStream = "health.analyze_ppg_stream";

    /// <summary><see cref="ClassifyBloodPressureRequest"/> to <see cref="ClassifyBloodPressureResponse"/>.</summary>
    public const string ClassifyBloodPressure = "health.classify_blood_pressure";

    /// <summary><see cref="RecordSamplesRequest"/> to <see cref="RecordSamplesResponse"/>.</summary>
    public const string Record = "health.record";

    /// <summary><see cref="SummarizeHealthRequest"/> to <see cref="SummarizeHealthResponse"/>.</summary>
    public const string Summary = "health.summary";

    /// <summary><see cref="ChartHealthRequest"/> to <see cref="ChartHealthResponse"/>.</summary>
    public const string Chart = "health.chart";

    /// <summary><see cref="ChartEcgRequest"/> to <see cref="ChartEcgResponse"/>.</summary>
    public const string ChartEcg = "health.chart_ecg";

    /// <summary><see cref="ForecastGlucoseRequest"/> to <see cref="ForecastGlucoseResponse"/>.</summary>
    public const string ForecastGlucose = "health.forecast_glucose";

    /// <summary><see cref="ExportHealthRequest"/> to items of <see cref="HealthExportPage"/>, then <see cref="ExportHealthResponse"/>.</summary>
    public const string Export = "health.export";

    /// <summary><see cref="EraseHealthRequest"/> to <see cref="EraseHealthResponse"/>.</summary>
    public const string Erase = "health.erase";

    /// <summary><see cref="AlertsRequest"/> to items of <see cref="HealthAlert"/>, then <see cref="AlertsResponse"/>.</summary>
    public const string Alerts = "health.alerts";

    /// <summary><see cref="ImportHealthRequest"/> to <see cref="ImportHealthResponse"/>.</summary>
    public const string Import = "health.import";

    /// <summary><see cref="AlertSettingsRequest"/> to <see cref="HealthAlertSettings"/>.</summary>
    public const string AlertSettings = "health.alert_settings";

    /// <summary><see cref="SetAlertSettingsRequest"/> to <see cref="HealthAlertSettings"/>.</summary>
    public const string SetAlertSettings = "health.set_alert_settings";

    /// <summary><see cref="SnoozeAlertsRequest"/> to <see cref="SnoozeAlertsResponse"/>.</summary>
    public const string SnoozeAlerts = "health.snooze_alerts";

    /// <summary><see cref="AcknowledgeAlertRequest"/> to <see cref="AcknowledgeAlertResponse"/>.</summary>
    public const string AcknowledgeAlert = "health.acknowledge_alert";

    /// <summary><see cref="WavesRequest"/> to <see cref="WavesResponse"/>.</summary>
    public const string Waves = "health.waves";

    /// <summary><see cref="ReadWaveRequest"/> to items of <see cref="WavePart"/>, then <see cref="ReadWaveResponse"/>.</summary>
    public const string ReadWave = "health.read_wave";

    /// <summary><see cref="AnalyzeWaveRequest"/> to <see cref="AnalyzeWaveResponse"/>.</summary>
    public const string AnalyzeWave = "health.analyze_wave";

    /// <summary><see cref="RecordBleRequest"/> to <see cref="RecordBleResponse"/>.</summary>
    public const string RecordBle = "health.record_ble";
}
