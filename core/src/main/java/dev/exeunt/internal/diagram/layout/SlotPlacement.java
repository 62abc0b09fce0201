package dev.exeunt.internal.diagram.layout;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Places the slots of a column, in their order, as close to their preferred heights as possible. Neighbours that wish
 * to be in each other's way form a block that stands at the mean of its wishes (pool adjacent violators, the
 * least-squares solution for a settled order).
 */
final class SlotPlacement {

    /** Slots without a wish go along with those above them. */
    private static final double FAINT = 1e-3;

    /** Holds adjacent slots that move together because they would overlap. */
    private record SlotBlock(double place, double weight, int slots) {
        SlotBlock with(SlotBlock next) {
            double both = weight + next.weight;
            return new SlotBlock((place * weight + next.place * next.weight) / both, both, slots + next.slots);
        }
    }

    private SlotPlacement() {}

    /** @param room how much there is from the top; no less than the slots need */
    static void place(List<ColumnSlot> slots, int room) {
        Deque<SlotBlock> blocks = new ArrayDeque<>();
        int above = 0;
        for (ColumnSlot slot : slots) {
            SlotBlock block = slot.wish().isPresent()
                    ? new SlotBlock(slot.wish().getAsDouble() - above, 1, 1)
                    : new SlotBlock(0, FAINT, 1);
            while (!blocks.isEmpty() && blocks.getLast().place() >= block.place()) {
                block = blocks.removeLast().with(block);
            }
            blocks.addLast(block);
            above += slot.height();
        }
        settle(slots, blocks, room - above);
    }

    private static void settle(List<ColumnSlot> slots, Deque<SlotBlock> blocks, int spare) {
        int index = 0;
        int above = 0;
        for (SlotBlock block : blocks) {
            int place = (int) Math.max(0, Math.min(spare, block.place())) / DiagramMetrics.GRID * DiagramMetrics.GRID;
            for (int i = 0; i < block.slots(); i++) {
                ColumnSlot slot = slots.get(index++);
                slot.y(place + above);
                above += slot.height();
            }
        }
    }

    static int height(List<ColumnSlot> slots) {
        return slots.stream().mapToInt(ColumnSlot::height).sum();
    }
}
