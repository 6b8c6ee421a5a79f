using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Security.Audit;

/// <summary>
/// Appends entries as JSON lines to <c>audit.jsonl</c>, readable by its owner alone; a full file becomes <c>audit.1.jsonl</c> and so on, and the oldest goes.
/// Entries wait in a bounded queue for one writer; those that find it full, or that could not be written, are counted in a later line and in the host's log.
/// </summary>
public sealed class AuditLog : IAuditLog, IHostedService, IAsyncDisposable
{
    private const int QueueLength = 4096;
    private const string Name = "audit";

    private readonly Channel<(DateTimeOffset At, AuditEntry Entry)> _queue = Channel.CreateBounded<(DateTimeOffset, AuditEntry)>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly AppsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditLog> _logger;
    private Task _writing = Task.CompletedTask;
    private long _lost;
    private bool _isBroken;

    /// <summary>Creates a log; it writes from <see cref="StartAsync"/> on.</summary>
    public AuditLog(IOptions<AppsOptions> options, TimeProvider time, ILogger<AuditLog> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    private string Folder => _options.AuditFolder!;

    /// <summary>Why the last entry could not be written, or null.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public void Write(AuditEntry entry)
    {
        if (_options.AuditFolder is not null && !_queue.Writer.TryWrite((_time.GetUtcNow(), entry))) Interlocked.Increment(ref _lost);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.AuditFolder is not null) _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            using var lines = new MemoryStream();
            while (lines.Length < _options.AuditFileBytes / 4 && _queue.Reader.TryRead(out var item)) Append(lines, item.At, item.Entry);
            if (Interlocked.Exchange(ref _lost, 0) is var lost and > 0) Append(lines, _time.GetUtcNow(), new AuditEntry("lost", null, -1, null, $"{lost} entries"));
            await AppendToFileAsync(lines).ConfigureAwait(false);
        }
    }

    private async Task AppendToFileAsync(MemoryStream lines)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            var path = Path.Combine(Folder, $"{Name}.jsonl");
            if (File.Exists(path) && new FileInfo(path).Length + lines.Length > _options.AuditFileBytes) Rotate(path);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            await using (file.ConfigureAwait(false))
            {
                lines.Position = 0;
                await lines.CopyToAsync(file).ConfigureAwait(false);
            }

            Problem = null;
            _isBroken = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Increment(ref _lost);
            Problem = $"The audit log in {_options.AuditFolder} cannot be written: {e.Message}";
            if (!_isBroken) _logger.LogError(e, "The audit log in {Folder} cannot be written.", _options.AuditFolder);
            _isBroken = true;
        }
    }

    private void Rotate(string path)
    {
        string Numbered(int number) => Path.Combine(Folder, $"{Name}.{number}.jsonl");
        File.Delete(Numbered(_options.AuditFiles - 1));
        for (var number = _options.AuditFiles - 2; number > 0; number--)
        {
            if (File.Exists(Numbered(number))) File.Move(Numbered(number), Numbered(number + 1));
        }

        if (_options.AuditFiles > 1) File.Move(path, Numbered(1));
        else File.Delete(path);
    }

    private static void Append(MemoryStream lines, DateTimeOffset at, AuditEntry entry)
    {
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            json.WriteString("time", at);
            json.WriteString("event", entry.Event);
            if (entry.App is not null) json.WriteString("app", entry.App);
            if (entry.UserId >= 0) json.WriteNumber("user", entry.UserId);
            if (entry.Method is not null) json.WriteString("method", entry.Method);
            if (entry.Reason is not null) json.WriteString("reason", entry.Reason);
            json.WriteEndObject();
        }

        lines.WriteByte((byte)'\n');
    }
}
