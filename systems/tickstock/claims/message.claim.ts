// One instance for all of them. Last comes the one that ends a process of the consumer.
import './message/channel.ts'
import './message/delivery.ts'
import './message/push.ts'
import './message/number.ts'
import './message/test-database.ts'
import './message/group.ts'
