using System.Text;

namespace EdgeHost.Ipc.Calls;

/// <summary>Turns the methods of one connection into strings without making a new one at every call. For one thread.</summary>
internal sealed class MethodNames
{
    private const int Slots = 64;

    private readonly (byte[] Utf8, string Text)[] _names = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref _names[(uint)hash.ToHashCode() % Slots];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8)) slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
