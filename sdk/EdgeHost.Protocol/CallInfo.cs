using EdgeHost.Serialization;

namespace EdgeHost.Protocol;

/// <summary>The truth about a finished call, for a caller who asked for it. Immutable.</summary>
public sealed record CallInfo : IWireMessage<CallInfo>
{
    private const int MaxTextLength = 64 * 1024;
    private const int MaxModels = 1024;

    /// <summary>The plugin that served it.</summary>
    public string Plugin { get; init; } = string.Empty;

    /// <summary>The device of its last model step; empty if it ran none.</summary>
    public string Device { get; init; } = string.Empty;

    /// <summary>Why that device, in words.</summary>
    public string Why { get; init; } = string.Empty;

    /// <summary>Time its steps waited for a device, summed.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>Time it waited for models to load, summed.</summary>
    public TimeSpan LoadTime { get; init; }

    /// <summary>Time its steps ran, summed.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>From dispatch to the end of the handler.</summary>
    public TimeSpan TotalTime { get; init; }

    /// <summary>Number of model steps.</summary>
    public int Steps { get; init; }

    /// <summary>The largest batch a step of it was part of.</summary>
    public int Batch { get; init; }

    /// <summary>The models it leased, as <c>id@version</c>, in order of first use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>What feedback on the answer names; null where the capability takes none.</summary>
    public string? CallId { get; init; }

    /// <inheritdoc/>
    public static string JsonSchema =>
        """{"type":"object","properties":{"plugin":{"type":"string"},"device":{"type":"string"},"why":{"type":"string"},"queue_us":{"type":"integer"},"load_us":{"type":"integer"},"run_us":{"type":"integer"},"total_us":{"type":"integer"},"steps":{"type":"integer"},"batch":{"type":"integer"},"model":{"type":"string"},"version":{"type":"string"},"models":{"type":"array","items":{"type":"string"}},"call":{"type":"string"}}}""";

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, CallInfo value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteMapHeader((value.Models.Count == 0 ? 9 : 12) + (value.CallId is null ? 0 : 1));
        writer.WriteKey("plugin"u8);
        writer.Write(value.Plugin);
        writer.WriteKey("device"u8);
        writer.Write(value.Device);
        writer.WriteKey("why"u8);
        writer.Write(value.Why);
        writer.WriteKey("queue_us"u8);
        writer.Write((long)value.QueueTime.TotalMicroseconds);
        writer.WriteKey("load_us"u8);
        writer.Write((long)value.LoadTime.TotalMicroseconds);
        writer.WriteKey("run_us"u8);
        writer.Write((long)value.RunTime.TotalMicroseconds);
        writer.WriteKey("total_us"u8);
        writer.Write((long)value.TotalTime.TotalMicroseconds);
        writer.WriteKey("steps"u8);
        writer.Write((long)value.Steps);
        writer.WriteKey("batch"u8);
        writer.Write((long)value.Batch);
        if (value.CallId is not null)
        {
            writer.WriteKey("call"u8);
            writer.Write(value.CallId);
        }

        if (value.Models.Count == 0) return;
        var last = value.Models[^1];
        var at = last.LastIndexOf('@');
        writer.WriteKey("model"u8);
        writer.Write(at < 0 ? last : last[..at]);
        writer.WriteKey("version"u8);
        writer.Write(at < 0 ? string.Empty : last[(at + 1)..]);
        writer.WriteKey("models"u8);
        writer.WriteArrayHeader(value.Models.Count);
        foreach (var model in value.Models)
        {
            writer.Write(model);
        }
    }

    /// <inheritdoc/>
    public static CallInfo Read(ref WireReader reader)
    {
        var info = new CallInfo();
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("plugin"u8)) info = info with { Plugin = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("device"u8)) info = info with { Device = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("why"u8)) info = info with { Why = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("queue_us"u8)) info = info with { QueueTime = ReadTime(ref reader) };
            else if (key.SequenceEqual("load_us"u8)) info = info with { LoadTime = ReadTime(ref reader) };
            else if (key.SequenceEqual("run_us"u8)) info = info with { RunTime = ReadTime(ref reader) };
            else if (key.SequenceEqual("total_us"u8)) info = info with { TotalTime = ReadTime(ref reader) };
            else if (key.SequenceEqual("steps"u8)) info = info with { Steps = (int)reader.ReadInt64(0, int.MaxValue) };
            else if (key.SequenceEqual("batch"u8)) info = info with { Batch = (int)reader.ReadInt64(0, int.MaxValue) };
            else if (key.SequenceEqual("call"u8)) info = info with { CallId = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("models"u8)) info = info with { Models = ReadModels(ref reader) };
            else reader.Skip();
        }

        reader.Leave();
        return info;
    }

    private static TimeSpan ReadTime(ref WireReader reader) => TimeSpan.FromMicroseconds(reader.ReadInt64(0, int.MaxValue * 1000L));

    private static List<string> ReadModels(ref WireReader reader)
    {
        var models = new List<string>();
        for (var count = reader.EnterArray(MaxModels); count > 0; count--)
        {
            models.Add(reader.ReadString(MaxTextLength));
        }

        reader.Leave();
        return models;
    }
}
