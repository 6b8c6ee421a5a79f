using EdgeHost.Security.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Security.Usage;

/// <summary>
/// Keeps what apps have used over a restart, so that stopping the host gives nobody a new quota. Writes once a minute where something changed, and at the end; a
/// crash loses a minute. A file that cannot be read or written is logged and done without.
/// </summary>
internal sealed class UsageKeeper : BackgroundService
{
    /// <summary>How often it looks whether there is something to write.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly AccessControl _access;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageKeeper> _logger;
    private readonly UsageFile? _file;
    private byte[] _written = [];
    private bool _isBroken;

    public UsageKeeper(IOptions<AppsOptions> options, AccessControl access, TimeProvider time, ILogger<UsageKeeper> logger)
    {
        _access = access;
        _time = time;
        _logger = logger;
        _file = options.Value.UsageFolder is { } folder ? new UsageFile(folder) : null;
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_file is null) return Task.CompletedTask;
        Restore(_file);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (_file is not null) Save(_file);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Save(_file!);
    }

    private void Restore(UsageFile file)
    {
        try
        {
            _access.Restore(file.Read());
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _logger.LogWarning("What apps have used cannot be read from {File} ({Problem}); counting begins anew.", file.Path, e.Message);
        }
    }

    private void Save(UsageFile file)
    {
        var content = UsageFile.Encode(_access.Save());
        if (content.AsSpan().SequenceEqual(_written)) return;
        try
        {
            file.Write(content);
            _written = content;
            _isBroken = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isBroken) _logger.LogWarning("What apps have used cannot be written to {File} ({Problem}); a restart begins anew.", file.Path, e.Message);
            _isBroken = true;
        }
    }
}
