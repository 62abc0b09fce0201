package dev.exeunt.diagram;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Gives the slots of a column, whose order is settled, heights as near to their wishes as their order allows. Neighbours that
 * wish to be in each other's way form a block that stands at the mean of its wishes (pool adjacent violators, the least-squares
 * solution for a settled order).
 */
final class Stack {

    /** Slots without a wish go along with those above them. */
    private static final double FAINT = 1e-3;

    private record Block(double place, double weight, int slots) {
        Block with(Block next) {
            double both = weight + next.weight;
            return new Block((place * weight + next.place * next.weight) / both, both, slots + next.slots);
        }
    }

    private Stack() {}

    /** @param room how much there is from the top; no less than the slots need */
    static void place(List<Slot> slots, int room) {
        Deque<Block> blocks = new ArrayDeque<>();
        int above = 0;
        for (Slot slot : slots) {
            Block block = slot.wish().isPresent()
                    ? new Block(slot.wish().getAsDouble() - above, 1, 1)
                    : new Block(0, FAINT, 1);
            while (!blocks.isEmpty() && blocks.getLast().place() >= block.place()) {
                block = blocks.removeLast().with(block);
            }
            blocks.addLast(block);
            above += slot.height();
        }
        settle(slots, blocks, room - above);
    }

    private static void settle(List<Slot> slots, Deque<Block> blocks, int spare) {
        int index = 0;
        int above = 0;
        for (Block block : blocks) {
            int place = (int) Math.max(0, Math.min(spare, block.place())) / Size.GRID * Size.GRID;
            for (int i = 0; i < block.slots(); i++) {
                Slot slot = slots.get(index++);
                slot.y(place + above);
                above += slot.height();
            }
        }
    }

    static int height(List<Slot> slots) {
        return slots.stream().mapToInt(Slot::height).sum();
    }
}
