namespace EdgeHost.Ipc.Tests.Support;

/// <summary>How long a test waits for what must happen before it fails.</summary>
internal static class Unexpected
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static Task Soon(this Task task) => task.WaitAsync(Timeout);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Timeout);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Timeout);

    public static async Task<EdgeHostException> FailsAsync(ErrorCode code, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => action().WaitAsync(Timeout));
        Assert.Equal(code, error.Code);
        return error;
    }
}
