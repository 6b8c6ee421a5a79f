using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>What a caller says about a call besides its body: the second of a request's params.</summary>
internal readonly record struct CallContext
{
    private const int MaxTextLength = 256;

    public CallContext()
    {
    }

    /// <summary>Milliseconds from receipt until the caller stops waiting; zero or less has passed already. Null for none.</summary>
    public long? DeadlineMs { get; init; }

    public CallPriority Priority { get; init; } = CallPriority.Normal;

    public string? TraceParent { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Whether the caller wants <see cref="Notifications.Info"/>.</summary>
    public bool Explain { get; init; }

    public static CallContext Read(ReadOnlyMemory<byte> context)
    {
        var reader = new WireReader(context);
        reader.PushField("context");
        if (reader.TryReadNil()) return new CallContext();
        var result = new CallContext();
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("deadline_ms"u8))
            {
                reader.PushField("deadline_ms");
                result = result with { DeadlineMs = reader.TryReadNil() ? null : reader.ReadInt64() };
                reader.PopField();
            }
            else if (key.SequenceEqual("priority"u8))
            {
                reader.PushField("priority");
                if (!reader.TryReadNil())
                {
                    var name = reader.ReadString(MaxTextLength);
                    result = result with { Priority = WireNames.Priority(name) ?? throw reader.Invalid("is none of interactive, normal, background") };
                }

                reader.PopField();
            }
            else if (key.SequenceEqual("traceparent"u8))
            {
                reader.PushField("traceparent");
                result = result with { TraceParent = reader.TryReadNil() ? null : reader.ReadString(MaxTextLength) };
                reader.PopField();
            }
            else if (key.SequenceEqual("idempotency_key"u8))
            {
                reader.PushField("idempotency_key");
                result = result with { IdempotencyKey = reader.TryReadNil() ? null : reader.ReadString(MaxTextLength) };
                reader.PopField();
            }
            else if (key.SequenceEqual("explain"u8))
            {
                reader.PushField("explain");
                result = result with { Explain = !reader.TryReadNil() && reader.ReadBoolean() };
                reader.PopField();
            }
            else
            {
                reader.Skip();
            }
        }

        return result;
    }

    public static void Write(ref WireWriter writer, in CallContext context)
    {
        var count = (context.DeadlineMs is null ? 0 : 1)
            + (context.Priority == CallPriority.Normal ? 0 : 1)
            + (context.TraceParent is null ? 0 : 1)
            + (context.IdempotencyKey is null ? 0 : 1)
            + (context.Explain ? 1 : 0);
        writer.WriteMapHeader(count);
        if (context.DeadlineMs is { } deadline)
        {
            writer.WriteKey("deadline_ms"u8);
            writer.Write(deadline);
        }

        if (context.Priority != CallPriority.Normal)
        {
            writer.WriteKey("priority"u8);
            writer.Write(WireNames.Of(context.Priority));
        }

        if (context.TraceParent is { } traceParent)
        {
            writer.WriteKey("traceparent"u8);
            writer.Write(traceParent);
        }

        if (context.IdempotencyKey is { } key)
        {
            writer.WriteKey("idempotency_key"u8);
            writer.Write(key);
        }

        if (!context.Explain) return;
        writer.WriteKey("explain"u8);
        writer.Write(true);
    }
}
