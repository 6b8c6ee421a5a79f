using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.Plugins.Recommendation.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>How many vectors there are of each state is known without counting them.</summary>
public sealed class ContentTableTests : IDisposable
{
    private static readonly DatabaseWords Words = new() { Subject = "catalogue", WhenFull = "Forget something.", WhenDamaged = "Forget it.", WhenCrowded = "Try again." };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task States_AreThoseOfTheRows_WhateverWasDoneAndUndone(int seed)
    {
        await using var database = Open();
        await database.UseAsync(
            connection =>
            {
                var (table, random, most) = (new ContentTable(connection), new Random(seed), 0);
                for (var step = 0; step < 300; step++)
                {
                    if (random.Next(10) == 0) Assert.Throws<OperationCanceledException>(() => connection.Transaction<int>(() => throw Undone(table, random), CancellationToken.None));
                    else Change(table, random);
                    var kept = Kept(table);
                    Assert.Equal(Counted(connection), kept);
                    most = Math.Max(most, kept.Count);
                }

                Assert.True(most >= 4, "The steps leave too little to compare.");
                return 0;
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task States_OfTheThirdForm_AreCountedOnce()
    {
        await using (var database = Open())
        {
            await database.UseAsync(
                static connection =>
                {
                    var random = new Random(4);
                    for (var step = 0; step < 100; step++) Change(new ContentTable(connection), random);
                    connection.Run("DROP TRIGGER vectors_added; DROP TRIGGER vectors_gone; DROP TRIGGER vectors_changed; DROP TABLE vector_counts; PRAGMA user_version = 3;");
                    return 0;
                },
                CancellationToken.None);
        }

        await using var again = Open();
        var (counted, kept) = await again.UseAsync(static connection => (Counted(connection), Kept(new ContentTable(connection))), CancellationToken.None);

        Assert.Equal(counted, kept);
        Assert.NotEmpty(kept);
    }

    private PluginDatabase Open() => new(new DatabaseSpec { Path = _folder.Combine("catalogue.db"), Schema = CatalogDatabase.Schema, Words = Words }, TimeProvider.System);

    private static OperationCanceledException Undone(ContentTable table, Random random)
    {
        for (var i = 0; i < 3; i++) Change(table, random);
        return new OperationCanceledException();
    }

    private static void Change(ContentTable table, Random random)
    {
        var item = $"item{random.Next(12)}";
        var part = (ContentPart)random.Next(2);
        byte[] source = [(byte)random.Next(2)];
        var model = random.Next(3) switch { 0 => null, 1 => "first@1.0.0", _ => "second@1.0.0" };
        switch (random.Next(10))
        {
            case < 4:
                table.Want(item, part, source);
                break;
            case < 7:
                table.Put(new ContentVector(item, part, source, model, model is null ? [] : [1, 2]));
                break;
            case 7:
                table.Drop(item, part);
                break;
            case 8:
                table.Forget(item);
                break;
            default:
                table.WantOthersThan(part, "first@1.0.0");
                table.WantOne(part);
                break;
        }
    }

    private static List<(ContentPart Part, bool IsWaiting, string? Model, long Count)> Kept(ContentTable table) => [.. table.States().Order()];

    private static List<(ContentPart Part, bool IsWaiting, string? Model, long Count)> Counted(DatabaseConnection connection) => [.. connection.Rows(
        "SELECT part, is_waiting, model, count(*) FROM vectors GROUP BY part, is_waiting, model",
        static row => ((ContentPart)row.Integer(0), row.Integer(1) != 0, row.TextOrNull(2), row.Integer(3))).Order()];
}
