using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <content>Calls with a stream of items.</content>
internal sealed partial class ClientSession
{
    /// <summary>Calls a method that answers with items; the call begins with the enumeration, and the reader releases each item.</summary>
    public async IAsyncEnumerable<FrameBuffer> StreamAsync<TBody>(
        string method, TBody body, CallOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var credit = Host!.StreamCredit;
        var slots = _slots;
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        var call = new StreamCall(credit);
        var id = await SendRequestAsync(call, slots, method, body, options, cancellationToken).ConfigureAwait(false);
        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Cancellation)state!).Cancel(token), new Cancellation(this, id, call));
        try
        {
            var taken = 0;
            await foreach (var item in call.Items.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return item;
                if (++taken < (credit + 1) / 2) continue;
                PostCredit(id, taken);
                taken = 0;
            }

            if (call.Info is { } info) options?.OnInfo?.Invoke(info);
            options?.OnStreamResponse?.Invoke(call.Result.Memory);
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            Abandon(id, call, new OperationCanceledException());
            call.Release();
        }
    }

    private void PostCredit(uint id, int items)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Credit, id, otherParameters: 1);
        var writer = new WireWriter(frame);
        writer.Write((long)items);
        writer.Flush();
        _connection.Post(frame);
    }
}
