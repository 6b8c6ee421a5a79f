using System.Text;

namespace EdgeHost.Ipc.Calls;

/// <summary>Finds the methods of one connection by their bytes without making a new string at every call. For one thread at a time.</summary>
/// <param name="costs">What is known of all methods.</param>
internal sealed class MethodNames(MethodCosts costs)
{
    private const int Slots = 64;

    private readonly (byte[] Utf8, CalledMethod Method)[] _names = new (byte[], CalledMethod)[Slots];

    public CalledMethod Get(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref _names[(uint)hash.ToHashCode() % Slots];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
        {
            var name = Encoding.UTF8.GetString(utf8);
            slot = (utf8.ToArray(), new CalledMethod(name, costs.Of(name)));
        }

        return slot.Method;
    }
}
