namespace EdgeHost.Ipc.Tests.Pushes;

/// <summary>The rules of pushes, without threads and without haste.</summary>
internal sealed class PushQueueModel(int credit, int mostBytes)
{
    private readonly int _window = credit;
    private readonly List<int> _taken = [];
    private int _credit = credit;

    public Queue<byte[]> Waiting { get; } = new();

    public bool HasEnded { get; private set; }

    public ErrorCode? Push(byte[] item)
    {
        if (HasEnded) return ErrorCode.InvalidArgument;
        if (_credit == 0 || Waiting.Sum(static waiting => waiting.Length) >= mostBytes) return ErrorCode.ResourceExhausted;
        _credit--;
        Waiting.Enqueue(item);
        return null;
    }

    public ErrorCode? End()
    {
        if (HasEnded) return ErrorCode.InvalidArgument;
        HasEnded = true;
        return null;
    }

    public byte[] Take()
    {
        var item = Waiting.Dequeue();
        _taken.Add(item.Length);
        return item;
    }

    public int TakeCredit()
    {
        if (HasEnded || (_taken.Count < (_window + 1) / 2 && _taken.Sum() < mostBytes / 2)) return 0;
        var given = _taken.Count;
        _credit += given;
        _taken.Clear();
        return given;
    }
}
