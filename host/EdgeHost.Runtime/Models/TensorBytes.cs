using System.Runtime.InteropServices;
using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>The bytes of values whatever their element type. Stateless.</summary>
public static class TensorBytes
{
    /// <summary>Whether values of a type have bytes to copy: they have a span view of their own.</summary>
    public static bool CanCopy(ElementType type) => type is not (ElementType.String or ElementType.BFloat16) && Enum.IsDefined(type);

    /// <summary>The value's bytes, row-major, valid until it is disposed.</summary>
    /// <exception cref="NotSupportedException">Not a type that <see cref="CanCopy"/> says.</exception>
    /// <exception cref="InvalidOperationException">The value is on a device, where the processor reads nothing.</exception>
    public static Span<byte> Of(ModelValue value) => value.ElementType switch
    {
        ElementType.Float32 => MemoryMarshal.AsBytes(value.AsSpan<float>()),
        ElementType.Float64 => MemoryMarshal.AsBytes(value.AsSpan<double>()),
        ElementType.Float16 => MemoryMarshal.AsBytes(value.AsSpan<Half>()),
        ElementType.Int8 => MemoryMarshal.AsBytes(value.AsSpan<sbyte>()),
        ElementType.UInt8 => value.AsSpan<byte>(),
        ElementType.Int16 => MemoryMarshal.AsBytes(value.AsSpan<short>()),
        ElementType.UInt16 => MemoryMarshal.AsBytes(value.AsSpan<ushort>()),
        ElementType.Int32 => MemoryMarshal.AsBytes(value.AsSpan<int>()),
        ElementType.UInt32 => MemoryMarshal.AsBytes(value.AsSpan<uint>()),
        ElementType.Int64 => MemoryMarshal.AsBytes(value.AsSpan<long>()),
        ElementType.UInt64 => MemoryMarshal.AsBytes(value.AsSpan<ulong>()),
        ElementType.Bool => MemoryMarshal.AsBytes(value.AsSpan<bool>()),
        _ => throw new NotSupportedException($"Values of {value.ElementType} have no bytes to copy."),
    };
}
