using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Speech.Synthesis.Programs;

/// <summary>
/// Runs programs, a bounded number at once, and starts some in advance: those that ran last wait for their next input with their voice loaded, which makes the difference between a
/// few tenths of a millisecond and some tens of them to the first sound. Thread-safe.
/// </summary>
internal sealed partial class ProgramPool : IAsyncDisposable
{
    private const int MostWarmOfACommand = 2;

    private readonly SynthesisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ProgramPool> _logger;
    private readonly string _folder;
    private readonly SemaphoreSlim _places;
    private readonly Lock _gate = new();
    private readonly List<ProgramRun> _warm = [];
    private readonly ITimer _rest;
    private Task _work = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Makes a pool.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="storage">Where programs write their files; those of an earlier run are removed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what each run cost.</param>
    public ProgramPool(SynthesisOptions options, IPluginStorage storage, TimeProvider time, ILogger<ProgramPool> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _places = new SemaphoreSlim(options.MaxProcesses);
        _folder = Path.Combine(storage.DataFolder, "sounds");
        Directory.CreateDirectory(_folder);
        foreach (var left in Directory.EnumerateFiles(_folder, "*.out")) File.Delete(left);
        _rest = time.CreateTimer(static pool => ((ProgramPool)pool!).SendHome(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many processes wait for input.</summary>
    public int WarmCount
    {
        get
        {
            lock (_gate) return _warm.Count;
        }
    }

    /// <summary>Runs a program; the process ends with the call, whatever happens.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="mostBytes">The longest output that is read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The output.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it failed or took too long; <see cref="ErrorCode.ResourceExhausted"/>: the output is longer.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ProgramCommand command, ReadOnlyMemory<byte> input, int mostBytes, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var warm = Take(command);
            if (warm is not null)
            {
                try
                {
                    return await RunOnceAsync(warm, isWarm: true, input, mostBytes, cancellationToken).ConfigureAwait(false);
                }
                catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && e.InnerException is IOException)
                {
                    // It may have been ended while it waited; a new one says whether it is the program.
                    LogRetry(command.Name, e.Message);
                }
            }

            return await RunOnceAsync(ProgramRun.Start(command, _folder), isWarm: false, input, mostBytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Starts a program in advance.</summary>
    /// <param name="command">What will run soon.</param>
    public void Prepare(ProgramCommand command)
    {
        lock (_gate)
        {
            if (_isDisposed || _options.WarmProcesses == 0 || !_work.IsCompleted) return;
            _rest.Change(TimeSpan.FromSeconds(_options.WarmSeconds), Timeout.InfiniteTimeSpan);
            _work = Task.Run(() => FillAsync(command));
        }
    }

    /// <summary>Ends the processes that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            _isDisposed = true;
            work = _work;
        }

        await _rest.DisposeAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EmptyAsync().ConfigureAwait(false);
        _places.Dispose();
    }

    private async ValueTask<ReadOnlyMemory<byte>> RunOnceAsync(ProgramRun run, bool isWarm, ReadOnlyMemory<byte> input, int mostBytes, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await using (run.ConfigureAwait(false))
        {
            using var timeout = new CancellationTokenSource(_options.Timeout, _time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                var output = await run.RunAsync(input, mostBytes, linked.Token).ConfigureAwait(false);
                LogRun(run.Command.Name, isWarm, input.Length, output.Length, _time.GetElapsedTime(started).TotalMilliseconds);
                Prepare(run.Command);
                return output;
            }
            catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new EdgeHostException(ErrorCode.Unavailable, $"The program '{run.Command.Name}' took longer than {_options.TimeoutSeconds} s for a sentence and was ended.", e);
            }
            catch (EdgeHostException e)
            {
                LogFailure(run.Command.Name, e.Message, e.InnerException?.Message);
                throw;
            }
        }
    }

    private ProgramRun? Take(ProgramCommand command)
    {
        lock (_gate)
        {
            var index = _warm.FindIndex(run => run.Command.Equals(command));
            if (index < 0) return null;
            var run = _warm[index];
            _warm.RemoveAt(index);
            return run;
        }
    }

    private async Task FillAsync(ProgramCommand command)
    {
        while (true)
        {
            var surplus = default(ProgramRun);
            lock (_gate)
            {
                if (_isDisposed || _warm.Count(run => run.Command.Equals(command)) >= Math.Min(MostWarmOfACommand, _options.WarmProcesses)) return;
                if (_warm.Count >= _options.WarmProcesses)
                {
                    surplus = _warm[0];
                    _warm.RemoveAt(0);
                }
            }

            if (surplus is not null) await surplus.DisposeAsync().ConfigureAwait(false);
            try
            {
                var run = ProgramRun.Start(command, _folder);
                lock (_gate) _warm.Add(run);
            }
            catch (EdgeHostException e)
            {
                LogFailure(command.Name, e.Message, e.InnerException?.Message);
                return;
            }
        }
    }

    private void SendHome()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _work = _work.IsCompleted ? Task.Run(EmptyAsync) : _work;
        }
    }

    private async Task EmptyAsync()
    {
        while (true)
        {
            ProgramRun run;
            lock (_gate)
            {
                if (_warm.Count == 0) return;
                run = _warm[^1];
                _warm.RemoveAt(_warm.Count - 1);
            }

            await run.DisposeAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Program} (started in advance: {IsWarm}) took {InputBytes} bytes of text and gave {OutputBytes} bytes in {Milliseconds:F1} ms.")]
    private partial void LogRun(string program, bool isWarm, int inputBytes, int outputBytes, double milliseconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Program} had ended while it waited; a new one is started. {Problem}")]
    private partial void LogRetry(string program, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} failed: {Problem} It said: {Errors}")]
    private partial void LogFailure(string program, string problem, string? errors);
}
