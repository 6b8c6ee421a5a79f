using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health;

/// <summary>
/// Heart signals, readings and what they mean. Each method needs a grant of its own; without it the call is <see cref="ErrorCode.PermissionDenied"/>. Thread-safe;
/// obtained from <see cref="EdgeHostClient.Health"/>.
/// </summary>
public sealed class HealthClient
{
    private readonly EdgeHostClient _client;

    internal HealthClient(EdgeHostClient client) => _client = client;

    /// <summary>Analyses an ECG of one lead.</summary>
    /// <param name="request">The signal in millivolts and its rate.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is wrong, and how; <see cref="ErrorCode.PermissionDenied"/>: the app
    /// has no grant, with the command that gives it; <see cref="ErrorCode.DeadlineExceeded"/>; <see cref="ErrorCode.ResourceExhausted"/>;
    /// <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<AnalyzeEcgResponse> AnalyzeEcgAsync(AnalyzeEcgRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzeEcgRequest, AnalyzeEcgResponse>(HealthMethods.AnalyzeEcg, request, options, cancellationToken);

    /// <summary>Analyses a pulse signal.</summary>
    /// <param name="request">The signal, and its rate or the times of its frames.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<AnalyzePpgResponse> AnalyzePpgAsync(AnalyzePpgRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzePpgRequest, AnalyzePpgResponse>(HealthMethods.AnalyzePpg, request, options, cancellationToken);

    /// <summary>Follows the ECG of a live sensor.</summary>
    /// <param name="request">Its rate.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push pieces, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<OpenCall<SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>> OpenEcgAsync(AnalyzeEcgStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<AnalyzeEcgStreamRequest, SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>(HealthMethods.AnalyzeEcgStream, request, options, cancellationToken);

    /// <summary>Follows the pulse signal of a live sensor.</summary>
    /// <param name="request">Its rate and channels.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push pieces, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<OpenCall<SignalChunk, PpgStreamItem, AnalyzeSignalStreamResponse>> OpenPpgAsync(AnalyzePpgStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<AnalyzePpgStreamRequest, SignalChunk, PpgStreamItem, AnalyzeSignalStreamResponse>(HealthMethods.AnalyzePpgStream, request, options, cancellationToken);

    /// <summary>Classifies blood pressure.</summary>
    /// <param name="request">The readings and the guideline.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<ClassifyBloodPressureResponse> ClassifyBloodPressureAsync(ClassifyBloodPressureRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ClassifyBloodPressureRequest, ClassifyBloodPressureResponse>(HealthMethods.ClassifyBloodPressure, request, options, cancellationToken);

    /// <summary>Keeps readings: they are on the disk when the call has answered, and a repeated call changes nothing.</summary>
    /// <param name="request">The readings.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<RecordSamplesResponse> RecordAsync(RecordSamplesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, request, options, cancellationToken);

    /// <summary>Summarises a day, a week or a month of readings.</summary>
    /// <param name="request">Whose and how long.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<SummarizeHealthResponse> SummarizeAsync(SummarizeHealthRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, request, options, cancellationToken);

    /// <summary>Draws a chart of a person's readings.</summary>
    /// <param name="request">Of what, how long, and how large.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException">As for <see cref="AnalyzeEcgAsync"/>; <see cref="ErrorCode.NotFound"/>: there are no readings of it.</exception>
    public ValueTask<ChartHealthResponse> ChartAsync(ChartHealthRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ChartHealthRequest, ChartHealthResponse>(HealthMethods.Chart, request, options, cancellationToken);

    /// <summary>Draws a strip of an ECG with its beats.</summary>
    /// <param name="request">The signal in millivolts, its rate, and which strip.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<ChartEcgResponse> ChartEcgAsync(ChartEcgRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ChartEcgRequest, ChartEcgResponse>(HealthMethods.ChartEcg, request, options, cancellationToken);

    /// <summary>Forecasts glucose 30 minutes ahead.</summary>
    /// <param name="request">Whose, or which readings.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<ForecastGlucoseResponse> ForecastGlucoseAsync(ForecastGlucoseRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ForecastGlucoseRequest, ForecastGlucoseResponse>(HealthMethods.ForecastGlucose, request, options, cancellationToken);

    /// <summary>Erases everything that is kept of a person.</summary>
    /// <param name="request">Whose.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<EraseHealthResponse> EraseAsync(EraseHealthRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, request, options, cancellationToken);

    /// <summary>Gives everything that is kept of a person, page by page, with the record of who read it.</summary>
    /// <param name="request">Whose.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; so does leaving the loop early.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public IAsyncEnumerable<HealthExportPage> ExportAsync(ExportHealthRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<ExportHealthRequest, HealthExportPage>(HealthMethods.Export, request, options, cancellationToken);

    /// <summary>Tells a person's alerts, those after a given one first, then new ones as they are raised.</summary>
    /// <param name="request">Whose, after which, and whether to go on.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; so does leaving the loop early.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public IAsyncEnumerable<HealthAlert> AlertsAsync(AlertsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<AlertsRequest, HealthAlert>(HealthMethods.Alerts, request, options, cancellationToken);

    /// <summary>Keeps the readings of a file; importing it again changes nothing.</summary>
    /// <param name="request">The file and what it is.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<ImportHealthResponse> ImportAsync(ImportHealthRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request, options, cancellationToken);

    /// <summary>Gives the rules of a person's alerts as they hold.</summary>
    /// <param name="request">Whose.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<HealthAlertSettings> AlertSettingsAsync(AlertSettingsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AlertSettingsRequest, HealthAlertSettings>(HealthMethods.AlertSettings, request, options, cancellationToken);

    /// <summary>Changes the rules of a person's alerts, within what is safe.</summary>
    /// <param name="request">Whose, and what changes.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<HealthAlertSettings> SetAlertSettingsAsync(SetAlertSettingsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SetAlertSettingsRequest, HealthAlertSettings>(HealthMethods.SetAlertSettings, request, options, cancellationToken);

    /// <summary>Holds a person's alerts back for some time; urgent ones are said all the same.</summary>
    /// <param name="request">Whose, which and for how long.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<SnoozeAlertsResponse> SnoozeAlertsAsync(SnoozeAlertsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SnoozeAlertsRequest, SnoozeAlertsResponse>(HealthMethods.SnoozeAlerts, request, options, cancellationToken);

    /// <summary>Says that a person has seen an alert, so that it is not said again.</summary>
    /// <param name="request">Whose and which.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<AcknowledgeAlertResponse> AcknowledgeAlertAsync(AcknowledgeAlertRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AcknowledgeAlertRequest, AcknowledgeAlertResponse>(HealthMethods.AcknowledgeAlert, request, options, cancellationToken);

    /// <summary>Keeps what a Bluetooth sensor has sent; sending it again changes nothing.</summary>
    /// <param name="request">The sensor and its values.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<RecordBleResponse> RecordBleAsync(RecordBleRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecordBleRequest, RecordBleResponse>(HealthMethods.RecordBle, request, options, cancellationToken);

    /// <summary>Lists the waves that are kept of a person.</summary>
    /// <param name="request">Whose, and which.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<WavesResponse> WavesAsync(WavesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, request, options, cancellationToken);

    /// <summary>Reads a wave that is kept, a part after the other.</summary>
    /// <param name="request">Which, and from where to where.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; so does leaving the loop early.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public IAsyncEnumerable<WavePart> ReadWaveAsync(ReadWaveRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<ReadWaveRequest, WavePart>(HealthMethods.ReadWave, request, options, cancellationToken);

    /// <summary>Analyses a wave that is kept.</summary>
    /// <param name="request">Which, and from where to where.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<AnalyzeWaveResponse> AnalyzeWaveAsync(AnalyzeWaveRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzeWaveRequest, AnalyzeWaveResponse>(HealthMethods.AnalyzeWave, request, options, cancellationToken);
}
