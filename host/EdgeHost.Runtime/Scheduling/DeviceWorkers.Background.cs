namespace EdgeHost.Runtime.Scheduling;

/// <content>
/// Threads of low priority for background and training runs on the processor: the system gives a core to everything else first, to an interactive run beside
/// them and to the other programs of the machine. The ordinary workers decide what runs and hand such runs over; there are as many of these threads as slots,
/// so that one is free for every run. They start with the first.
/// </content>
internal sealed partial class DeviceWorkers
{
    /// <summary>Guards the hand-over alone; taken by itself, never with the device's lock inside it.</summary>
    private readonly object _handOverGate = new();

    private readonly Queue<DeviceRun> _handedOver = new();
    private bool _hasBackgroundThreads;
    private bool _takesNoMore;

    private bool IsForBackgroundThread(DeviceRun run)
        => run.Priority <= CallPriority.Background && _device.Kind == DeviceKind.Cpu && _options.BackgroundNiceness > 0;

    /// <summary>Gives a run to a background thread; false where they are ending, and the caller runs it.</summary>
    private bool TryHandOver(DeviceRun run)
    {
        var starts = false;
        lock (_handOverGate)
        {
            if (_takesNoMore) return false;
            run.IsOnBackgroundThread = true;
            _handedOver.Enqueue(run);
            (starts, _hasBackgroundThreads) = (!_hasBackgroundThreads, true);
            Monitor.Pulse(_handOverGate);
        }

        if (!starts) return true;
        lock (_gate)
        {
            for (var i = 0; i < _concurrency; i++) StartThread(i, isBackground: true);
        }

        return true;
    }

    private void WorkInBackground()
    {
        ThreadNiceness.LowerCurrentThread(_options.BackgroundNiceness);
        while (TakeHandedOver() is { } run)
        {
            if (!Execute(run)) return;
        }

        ThreadEnds();
    }

    private DeviceRun? TakeHandedOver()
    {
        lock (_handOverGate)
        {
            while (_handedOver.Count == 0)
            {
                if (_takesNoMore) return null;
                Monitor.Wait(_handOverGate);
            }

            return _handedOver.Dequeue();
        }
    }

    /// <summary>Lets the background threads go when they have done what was handed over.</summary>
    private void EndHandOver()
    {
        lock (_handOverGate)
        {
            _takesNoMore = true;
            Monitor.PulseAll(_handOverGate);
        }
    }
}
