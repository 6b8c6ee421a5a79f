namespace EdgeHost.PluginHost.Registry;

/// <summary>Changes that run after one another. Added to by one caller at a time.</summary>
internal sealed class ChangeChain
{
    /// <summary>Completes when all changes so far are done.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Runs a change after those before it.</summary>
    public void Add(Func<Task> change)
    {
        Completion = RunAfterAsync(Completion, change);

        static async Task RunAfterAsync(Task before, Func<Task> change)
        {
            await before.ConfigureAwait(false);
            await change().ConfigureAwait(false);
        }
    }
}
