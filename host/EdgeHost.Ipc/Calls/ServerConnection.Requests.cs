using System.Runtime.InteropServices;
using EdgeHost.Ipc.Regions;
using EdgeHost.Ipc.Server;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Security.Access;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Ipc.Calls;

/// <content>What the client sends; all on the reading thread.</content>
internal sealed partial class ServerConnection
{
    private const int MostCreditAtOnce = 1 << 20;

    private bool OnRequest(in RpcMessage message, FrameReader reader)
    {
        try
        {
            if (message.Method.IsEmpty || message.Method.Length > WireProtocol.MaxNameLength)
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"The method is not a string of 1 to {WireProtocol.MaxNameLength} characters.");
            }

            var (body, context) = ReadParams(message.First);
            if (message.Method.SequenceEqual("host.hello"u8)) Greet(message.Id, body);
            else if (App is null) throw new EdgeHostException(ErrorCode.Unauthenticated, $"The first call of a connection is {HostMethods.Hello}.");
            else if (message.Method.SequenceEqual("host.ping"u8)) Pong(message.Id, body);
            else if (message.Method.SequenceEqual("host.open_region"u8)) OpenRegion(message.Id, body);
            else if (message.Method.SequenceEqual("host.close_region"u8)) CloseRegion(message.Id, body);
            else return Begin(message, body, context, reader);
        }
        catch (EdgeHostException e)
        {
            PostError(message.Id, e);
        }

        return true;
    }

    // Whether this thread still reads.
    private bool Begin(in RpcMessage message, ReadOnlyMemory<byte> body, in CallContext context, FrameReader reader)
    {
        var deadline = DeadlineOf(context);
        var method = _methods.Get(message.Method);
        var permit = _session!.Enter(method.Name, context.Priority);
        ServerCall call;
        try
        {
            call = Add(message.Id, method, context, permit, deadline, body, reader);
        }
        catch (EdgeHostException)
        {
            permit.Leave(hasFailed: true);
            throw;
        }

        Metrics.CallBegan();
        if (method.Cost.IsShort)
        {
            _workMethod = method.Cost;
            return Transport.RunWhileReading(call, _services.Readers);
        }

        // Long work stays on this warm thread and another one reads on, as far as there are threads.
        if (_services.Readers.TryRelieve(Transport))
        {
            ((IThreadPoolWorkItem)call).Execute();
            return false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
        return true;
    }

    private ServerCall Add(
        uint id, CalledMethod method, in CallContext context, CallPermit permit, DateTimeOffset? deadline, ReadOnlyMemory<byte> body, FrameReader reader)
    {
        lock (_gate)
        {
            if (_refusal is { } refusal) throw ErrorDetails.NotBegun(refusal.Message);
            if (_calls.ContainsKey(id))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"The message id {id} belongs to a call in flight; use another.");
            }

            if (_calls.Count >= Options.MaxCallsPerConnection)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{Options.MaxCallsPerConnection} calls are in flight on this connection; wait for answers.")
                {
                    RetryAfter = RetryWhenFull,
                };
            }

            var references = reader.FrameHasReferences ? Regions.Take(body.Span) : null;
            var detached = Detach(body, reader);
            if (!_idleCalls.TryPop(out var call) || !call.TryBegin(id, method, context, permit, deadline, detached, references))
            {
                call = new ServerCall(this);
                call.TryBegin(id, method, context, permit, deadline, detached, references);
            }

            _calls.Add(id, call);
            _running++;
            return call;
        }
    }

    private DateTimeOffset? DeadlineOf(in CallContext context)
    {
        if (context.DeadlineMs is <= 0) throw new EdgeHostException(ErrorCode.DeadlineExceeded, "The deadline had passed when the call arrived.");
        var after = context.DeadlineMs is { } milliseconds
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)Options.MaxDeadline.TotalMilliseconds))
            : Options.DefaultDeadline;
        return after is { } span ? Time.GetUtcNow() + span : null;
    }

    private void Greet(uint id, ReadOnlyMemory<byte> body)
    {
        if (App is not null) throw new EdgeHostException(ErrorCode.FailedPrecondition, "This connection has said hello already.");
        var reader = new WireReader(body);
        var hello = HelloRequest.Read(ref reader);
        if (hello.Protocol != WireProtocol.Version)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"This host speaks protocol {WireProtocol.Version}, the client {hello.Protocol}; update the older one.");
        }

        if (_refusal is { } refusal) throw new EdgeHostException(ErrorCode.Unavailable, refusal.Message);
        var session = _services.Access.Admit(new AppClaim(hello.App, hello.Token, _peer.UserId, _peer.GroupId, _peer.ProcessId));
        DeviceTime = new SessionAccount(session);
        _session = session;
        IpcLog.Hello(_services.Logger, Session, hello.App, hello.Client ?? "unknown client", _peer.ProcessId);
        _watch.Change(Options.IdleTimeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : Options.IdleTimeout, Timeout.InfiniteTimeSpan);
        Respond(id, new HelloResponse(
            _services.HostVersion,
            Session,
            new HostLimits
            {
                MaxFrameBytes = Options.MaxFrameBytes,
                MaxDepth = Options.MaxDepth,
                MaxCallsPerConnection = Options.MaxCallsPerConnection,
                MaxConnections = Options.MaxConnections,
                IdleTimeout = Options.IdleTimeout,
                MaxRegionBytes = ConnectionRegions.AreOffered(Options) ? Options.MaxConnectionRegionBytes : 0,
                MaxPushBytes = Options.PushQueueBytes,
                MaxRegions = ConnectionRegions.AreOffered(Options) ? Options.MaxRegionsPerConnection : 0,
            },
            _session.Grants,
            Options.StreamCredit,
            _services.Instance));
    }

    private void Pong(uint id, ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body, Regions);
        Respond(id, new PingResponse(PingRequest.Read(ref reader).Payload.Length));
    }

    private void OpenRegion(uint id, ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body);
        Respond(id, Regions.Open(OpenRegionRequest.Read(ref reader)));
    }

    private void CloseRegion(uint id, ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body);
        Regions.Close(CloseRegionRequest.Read(ref reader).Region);
        Respond(id, default(CloseRegionResponse));
    }

    private void Respond<T>(uint id, T response)
        where T : IWireMessage<T>
    {
        var frame = Transport.RentFrame();
        RpcWriter.BeginResponse(frame, id);
        RpcWriter.Append(frame, response);
        Transport.Post(frame);
    }

    // A notification about a call that has ended means nothing any more; one that is not known is for later versions.
    private void OnNotification(in RpcMessage message)
    {
        var reader = new WireReader(message.First);
        if (message.Method.SequenceEqual("$/push"u8))
        {
            var call = FindCall(ref reader, Notifications.Push, parameters: 2);
            var item = reader.ReadRaw();
            call?.Push(item);
        }
        else if (message.Method.SequenceEqual("$/credit"u8))
        {
            var call = FindCall(ref reader, Notifications.Credit, parameters: 2);
            var credit = (int)reader.ReadInt64(1, MostCreditAtOnce);
            call?.AddCredit(credit);
        }
        else if (message.Method.SequenceEqual("$/end"u8))
        {
            FindCall(ref reader, Notifications.End, parameters: 1)?.EndPushes();
        }
        else if (message.Method.SequenceEqual("$/cancel"u8))
        {
            FindCall(ref reader, Notifications.Cancel, parameters: 1)?.Cancel();
        }
    }

    private ServerCall? FindCall(ref WireReader reader, string notification, int parameters)
    {
        reader.PushField(notification);
        var count = reader.EnterArray();
        if (count < parameters) throw reader.Invalid($"has {count} params");
        return Find((uint)reader.ReadInt64(0, uint.MaxValue));
    }

    private ServerCall? Find(uint id)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(id);
        }
    }

    private static (ReadOnlyMemory<byte> Body, CallContext Context) ReadParams(ReadOnlyMemory<byte> parameters)
    {
        var reader = new WireReader(parameters);
        reader.PushField("params");
        if (reader.NextType != MessagePackType.Array) throw reader.Invalid("is not an array: [request] or [request, context]");
        var count = reader.EnterArray();
        if (count > 2) throw reader.Invalid($"has {count} values; it is [request] or [request, context]");
        if (count == 0) return (EmptyBody, new CallContext());
        if (count == 1) return (parameters[(int)reader.Consumed..], new CallContext());
        var body = reader.ReadRaw();
        return (body, CallContext.Read(parameters[(int)reader.Consumed..]));
    }

    private static FrameBuffer Detach(ReadOnlyMemory<byte> body, FrameReader reader)
    {
        // A view of the frame is taken out of it; the empty body is not one.
        if (!MemoryMarshal.TryGetArray(body, out var part) || !MemoryMarshal.TryGetArray(reader.Frame, out var whole) || !ReferenceEquals(part.Array, whole.Array))
        {
            return FrameBuffer.Copy(body.Span);
        }

        return reader.Detach(part.Offset - whole.Offset, part.Count);
    }

    private static readonly ReadOnlyMemory<byte> EmptyBody = RpcWriter.EmptyBody.ToArray();
}
