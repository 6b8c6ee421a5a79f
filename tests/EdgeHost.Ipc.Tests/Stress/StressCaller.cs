using EdgeHost.Client;

namespace EdgeHost.Ipc.Tests.Stress;

/// <summary>Makes random calls on one thread and checks that each ends as it may.</summary>
internal sealed class StressCaller(EdgeHostClient client, int seed)
{
    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>Whether the connection may go, so that any call may fail as unavailable.</summary>
    public bool MayBeLost { get; init; }

    /// <summary>A body that no other call has.</summary>
    public static byte[] Body(int caller, int number)
        => [0x82, 0xa1, (byte)'c', 0xcd, (byte)(caller >> 8), (byte)caller, 0xa1, (byte)'n', 0xcd, (byte)(number >> 8), (byte)number];

    public async Task RunAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await CallAsync();
            if (_random.Next(40) == 0) await Task.Delay(_random.Next(30));
        }
    }

    /// <summary>Calls until the client is disposed.</summary>
    public async Task RunUntilGoneAsync()
    {
        while (client.State != ClientState.Disposed) await CallAsync();
    }

    private async Task CallAsync()
    {
        var body = Body(seed, _number++);
        using var cancel = _random.Next(4) == 0 ? new CancellationTokenSource() : null;
        var token = cancel?.Token ?? CancellationToken.None;
        var ends = _random.Next(3);
        var isEndless = _random.Next(10) == 0 && (ends == 0 || cancel is not null);
        var options = isEndless && ends == 0 ? new CallOptions { Deadline = TimeSpan.FromMilliseconds(_random.Next(1, 20)) } : null;
        try
        {
            if (cancel is not null) CancelSoon(cancel);
            await CallAsync(isEndless, body, options, token);
        }
        catch (OperationCanceledException) when (cancel is not null)
        {
            // What was asked for.
        }
        catch (EdgeHostException e) when ((e.Code == ErrorCode.DeadlineExceeded && options is not null) || (e.Code == ErrorCode.Unavailable && MayBeLost))
        {
            // What had to come.
        }
    }

    private async Task CallAsync(bool isEndless, byte[] body, CallOptions? options, CancellationToken token)
    {
        if (!isEndless && _random.Next(6) == 0)
        {
            await foreach (var item in client.StreamAsync("test.items", body, options, token))
            {
                using (item) Assert.Equal(body, item.Memory.ToArray());
                if (_random.Next(20) == 0) return;
            }

            return;
        }

        var method = isEndless ? "test.never" : _random.Next(10) switch { < 5 => "test.echo", < 7 => "test.later", < 9 => "test.flip", _ => "test.hold" };
        using var answer = _random.Next(3) == 0
            ? await client.CallAsync(method, body, options, token)
            : client.Call(method, body, options, token);
        Assert.Equal(body, answer.Memory.ToArray());
    }

    private void CancelSoon(CancellationTokenSource cancel)
    {
        switch (_random.Next(3))
        {
            case 0:
                cancel.Cancel();
                break;
            case 1:
                _ = cancel.CancelAsync();
                break;
            default:
                cancel.CancelAfter(_random.Next(1, 10));
                break;
        }
    }
}
