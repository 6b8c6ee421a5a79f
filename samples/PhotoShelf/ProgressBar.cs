namespace PhotoShelf;

/// <summary>How far the work is, on a terminal; silent where the output is no terminal. Thread-safe.</summary>
internal sealed class ProgressBar(int total) : IDisposable
{
    private const int Cells = 30;

    private readonly bool _isShown = total > 0 && !Console.IsErrorRedirected;
    private readonly Lock _gate = new();
    private int _done;

    /// <summary>Notes that one more is done.</summary>
    public void Step(string name)
    {
        if (!_isShown) return;
        lock (_gate)
        {
            _done++;
            var full = Cells * _done / total;
            Console.Error.Write($"\r\e[K{new string('█', full)}{new string('░', Cells - full)} {_done}/{total}  {name}");
        }
    }

    public void Dispose()
    {
        if (_isShown) Console.Error.WriteLine();
    }
}
