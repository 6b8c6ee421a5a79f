using EdgeHost.Client.Regions;

namespace EdgeHost.Ipc.Tests.Regions;

public class SlotAllocatorTests
{
    private const int Page = SlotAllocator.Granularity;

    [Fact]
    public void TakeAndGive_AnyOrder_NeverOverlapsAndLosesNothing()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var bytes = random.Next(1, 200) * Page;
            var allocator = new SlotAllocator(bytes);
            var owner = new int[bytes / Page];
            var slots = new List<(int Offset, int Length)>();
            for (var step = 1; step < 2000; step++)
            {
                if (slots.Count > 0 && random.Next(2) == 0)
                {
                    var index = random.Next(slots.Count);
                    var (offset, length) = slots[index];
                    slots.RemoveAt(index);
                    owner.AsSpan(offset / Page, Pages(length)).Clear();
                    allocator.Give(offset, length);
                }
                else
                {
                    var length = random.Next(1, 20 * Page);
                    var isTaken = allocator.TryTake(length, out var offset);
                    Assert.Equal(LongestGap(owner) >= Pages(length), isTaken);
                    if (!isTaken) continue;
                    Assert.Equal(0, offset % Page);
                    Assert.True(offset + length <= bytes);
                    var pages = owner.AsSpan(offset / Page, Pages(length));
                    Assert.Equal(-1, pages.IndexOfAnyExcept(0));
                    pages.Fill(step);
                    slots.Add((offset, length));
                }

                Assert.Equal((long)owner.Count(page => page == 0) * Page, allocator.FreeBytes);
            }

            slots.ForEach(slot => allocator.Give(slot.Offset, slot.Length));
            Assert.True(allocator.TryTake(bytes, out var whole));
            Assert.Equal(0, whole);
        }
    }

    private static int Pages(int length) => (length + Page - 1) / Page;

    private static int LongestGap(int[] owner)
    {
        var longest = 0;
        var current = 0;
        foreach (var page in owner)
        {
            current = page == 0 ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
